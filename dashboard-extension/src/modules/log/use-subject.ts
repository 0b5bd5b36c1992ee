import { LogEventDocument, type LogEventQuery, LogScenarioDocument, type LogScenarioQuery } from "@/graphql/generated";
import type { Failure } from "@/lib/api";
import { paths } from "@/lib/routing";
import { useQuery } from "@/lib/use-query";
import type { Scope, ScopeIds } from "@/modules/log/filters";

type LoggedEvent = NonNullable<LogEventQuery["customEvent"]>;
type LoggedScenario = NonNullable<LogScenarioQuery["customEventScenario"]>;

/** Whose log is open. */
export interface Subject {
  readonly event: LoggedEvent | undefined;
  readonly scenario: LoggedScenario | undefined;
  readonly ids: ScopeIds;
  /** All that the path names is known. */
  readonly isKnown: boolean;
  /** The path names what does not exist. */
  readonly isGone: boolean;
  readonly failure: Failure | undefined;
  readonly reload: () => void;
}

export function useSubject(scope: Scope): Subject {
  const asked = { event: scope.event ?? 0, scenario: scope.scenario ?? 0 };
  const events = useQuery(LogEventDocument, { number: asked.event }, { skip: !asked.event });
  const scenarios = useQuery(LogScenarioDocument, { number: asked.scenario }, { skip: !asked.scenario });
  const event = asked.event ? (events.data?.customEvent ?? undefined) : undefined;
  const scenario = asked.scenario ? (scenarios.data?.customEventScenario ?? undefined) : undefined;
  const isOther = (found: { readonly number: number } | undefined, number: number) =>
    number ? found?.number !== number : false;
  return {
    event,
    scenario,
    ids: { ...(event && { event: event.id }), ...(scenario && { scenario: scenario.id }) },
    isKnown: !isOther(event, asked.event) && !isOther(scenario, asked.scenario),
    isGone:
      (asked.event > 0 && events.data?.customEvent === null) ||
      (asked.scenario > 0 && scenarios.data?.customEventScenario === null) ||
      Number.isNaN(asked.event) ||
      Number.isNaN(asked.scenario),
    failure: events.failure ?? scenarios.failure,
    reload: () => {
      events.reload();
      scenarios.reload();
    },
  };
}

export function pathOf(scope: Scope): string {
  if (scope.event !== undefined) return paths.logOfEvent(scope.event);
  return scope.scenario !== undefined ? paths.logOfScenario(scope.scenario) : paths.log;
}
