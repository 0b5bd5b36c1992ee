import { useCallback, useMemo, useState } from "react";
import { type ScenarioDetailsFragment, ScenarioDocument, ScenarioUpdateDocument } from "@/graphql/generated";
import { ask, Failure } from "@/lib/api";
import { type Task, useTask } from "@/lib/use-task";
import { accepted, Refused } from "@/modules/scenarios/deeds/refusals";
import { EMPTY, type Flow, isFlow } from "@/modules/scenarios/definition";
import { type History, NO_HISTORY, redone, remembered, undone } from "@/modules/scenarios/editor/history";
import { type LiveCheck, useLiveCheck } from "@/modules/scenarios/editor/use-live-check";

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
  /** Take the last change back, or do again what was taken back; undefined where there is none. */
  readonly undo: (() => void) | undefined;
  readonly redo: (() => void) | undefined;
  readonly unsaved: boolean;
  /** What stands between what is on the page and its publishing. */
  readonly check: LiveCheck;
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
  /** The server has new facts about the scenario, given from what it is by now: what is edited stays. */
  readonly refresh: (news: (scenario: ScenarioDetails) => ScenarioDetails) => void;
}

interface Edited {
  readonly scenario: ScenarioDetails;
  readonly flow: Flow;
  readonly history: History;
}

export function useDraft(given: ScenarioDetails): Draft {
  // Together: answers come whenever they do, and then count what is edited and what was saved by then.
  const [edited, setEdited] = useState<Edited>(() => unchanged(given));
  const { scenario, flow } = edited;
  const [generation, setGeneration] = useState(0);
  const [theirs, meet] = useState<ScenarioDetails>();
  const unsaved = useMemo(() => isUnsaved(edited), [edited]);
  const isForeign = !isFlow(scenario.draft);
  const saved = useMemo(() => flowOf(scenario), [scenario]);
  const skip = isForeign || scenario.status === "ARCHIVED";
  const check = useLiveCheck({ id: scenario.id, saved, check: scenario.check, flow, skip });

  const replace = useCallback((now: ScenarioDetails) => {
    setEdited(unchanged(now));
    setGeneration((before) => before + 1);
    meet(undefined);
  }, []);
  const bringBack = useCallback((kept: Flow) => {
    setEdited((latest) => ({ ...latest, flow: kept, history: NO_HISTORY }));
    setGeneration((before) => before + 1);
  }, []);
  const refresh = useCallback<Draft["refresh"]>((news) => {
    setEdited((latest) => {
      const now = news(latest.scenario);
      return isUnsaved(latest) ? { ...latest, scenario: now } : { ...unchanged(now), history: latest.history };
    });
  }, []);
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
    // What was typed while this was under way is not saved yet, and stays.
    setEdited((latest) =>
      latest.flow === flow ? { ...unchanged(now), history: latest.history } : { ...latest, scenario: now },
    );
    meet(undefined);
    return now;
  });
  const newest = useTask(async () => {
    const found = (await ask(ScenarioDocument, { number: scenario.number })).customEventScenario;
    if (!found) throw new Failure("refused", "NOT_FOUND", "There is no such scenario.");
    return found;
  });
  const change = useCallback<Draft["change"]>(
    (edit) =>
      setEdited((latest) => {
        const flow = edit(latest.flow);
        return { ...latest, flow, history: remembered(latest.history, latest.flow, flow, Date.now()) };
      }),
    [],
  );
  const turn = (to: typeof undone) => () => {
    setEdited((latest) => ({ ...latest, ...to(latest.history, latest.flow) }));
    // Fields hold what is typed: they begin anew.
    setGeneration((before) => before + 1);
  };
  return {
    scenario,
    flow,
    generation,
    bringBack,
    isForeign,
    change,
    undo: edited.history.past.length ? turn(undone) : undefined,
    redo: edited.history.future.length ? turn(redone) : undefined,
    unsaved,
    check,
    save,
    theirs,
    meet,
    newest,
    replace,
    refresh,
  };
}

function unchanged(scenario: ScenarioDetails): Edited {
  return { scenario, flow: flowOf(scenario), history: NO_HISTORY };
}

function isUnsaved({ scenario, flow }: Edited): boolean {
  return JSON.stringify(flow) !== JSON.stringify(flowOf(scenario));
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
