import { useCallback, useMemo, useState } from "react";
import { type ScenarioDetailsFragment, ScenarioDocument, ScenarioUpdateDocument } from "@/graphql/generated";
import { ask, Failure } from "@/lib/api";
import { type Task, useTask } from "@/lib/use-task";
import { accepted, Refused } from "@/modules/scenarios/deeds/refusals";
import { EMPTY, type Flow, isFlow } from "@/modules/scenarios/definition";
import { type Located, located, standing } from "@/modules/scenarios/editor/problems";

export type ScenarioDetails = ScenarioDetailsFragment;

/** A scenario's draft while it is edited, beside what the server has of it. */
export interface Draft {
  /** What the server said last, with the revision that our draft is based on. */
  readonly scenario: ScenarioDetails;
  readonly flow: Flow;
  /** The draft cannot be shown as a flow: it is neither edited nor saved. */
  readonly isForeign: boolean;
  /** Grows when another draft takes its place: forms begin anew. */
  readonly generation: number;
  readonly change: (edit: (flow: Flow) => Flow) => void;
  readonly unsaved: boolean;
  /** The server's problems that still stand. */
  readonly problems: readonly Located[];
  /** Saves what is edited; with `over`, over the revision that a colleague has saved. Gives undefined where it was not saved. */
  readonly save: Task<[over?: number], ScenarioDetails>;
  /** What a colleague has saved since, found when saving. */
  readonly theirs: ScenarioDetails | undefined;
  readonly meet: (theirs: ScenarioDetails | undefined) => void;
  /** Asks what the server has now. */
  readonly newest: Task<[], ScenarioDetails>;
  /** Show what the server has, and forget what is edited. */
  readonly replace: (scenario: ScenarioDetails) => void;
  /** Edit another draft, which is not saved. */
  readonly bringBack: (flow: Flow) => void;
  /** The server has new facts about the scenario and the same draft: what is edited stays. */
  readonly refresh: (scenario: ScenarioDetails) => void;
}

export function useDraft(given: ScenarioDetails): Draft {
  const [scenario, setScenario] = useState(given);
  const [flow, setFlow] = useState<Flow>(() => flowOf(given));
  const [generation, setGeneration] = useState(0);
  const [theirs, meet] = useState<ScenarioDetails>();
  const unsaved = useMemo(() => JSON.stringify(flow) !== JSON.stringify(flowOf(scenario)), [flow, scenario]);
  const found = useMemo(() => located(scenario.check.problems, flowOf(scenario)), [scenario]);
  const problems = useMemo(() => standing(found, flow), [found, flow]);

  const replace = useCallback((now: ScenarioDetails) => {
    setScenario(now);
    setFlow(flowOf(now));
    setGeneration((before) => before + 1);
    meet(undefined);
  }, []);
  const bringBack = useCallback((kept: Flow) => {
    setFlow(kept);
    setGeneration((before) => before + 1);
  }, []);
  const refresh = (now: ScenarioDetails) => {
    setScenario(now);
    if (!unsaved) setFlow(flowOf(now));
  };
  const save = useTask(async (over?: number) => {
    const revision = over ?? scenario.revision;
    const answer = await ask(ScenarioUpdateDocument, { id: scenario.id, revision, input: { draft: flow } });
    const colleagues = await theirsAfter(answer.customEventScenarioUpdate?.errors ?? [], scenario.number);
    if (colleagues) {
      meet(colleagues);
      throw new Refused(answer.customEventScenarioUpdate?.errors ?? []);
    }
    const { scenario: now } = accepted(answer.customEventScenarioUpdate);
    if (!now) throw new Refused([]);
    setScenario(now);
    // What was typed while this was under way is not saved yet, and stays.
    setFlow((latest) => (latest === flow ? flowOf(now) : latest));
    meet(undefined);
    return now;
  });
  const newest = useTask(async () => {
    const found = (await ask(ScenarioDocument, { number: scenario.number })).customEventScenario;
    if (!found) throw new Failure("refused", "NOT_FOUND", "There is no such scenario.");
    return found;
  });
  const change = useCallback((edit: (flow: Flow) => Flow) => setFlow(edit), []);
  const isForeign = !isFlow(scenario.draft);
  return {
    scenario,
    flow,
    generation,
    bringBack,
    isForeign,
    change,
    unsaved,
    problems,
    save,
    theirs,
    meet,
    newest,
    replace,
    refresh,
  };
}

function flowOf({ draft }: ScenarioDetails): Flow {
  return isFlow(draft) ? draft : EMPTY;
}

async function theirsAfter(
  errors: readonly { readonly code: string }[],
  number: number,
): Promise<ScenarioDetails | undefined> {
  if (!errors.some(({ code }) => code === "CONFLICT")) return undefined;
  return (await ask(ScenarioDocument, { number })).customEventScenario ?? undefined;
}
