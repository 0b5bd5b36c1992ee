import { useEffect, useRef } from "react";
import { ScenarioTestDocument, ScenarioTestManyDocument } from "@/graphql/generated";
import { ask, Failure } from "@/lib/api";
import { type Task, useTask } from "@/lib/use-task";
import type { Flow } from "@/modules/scenarios/definition";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import type { KnownEvent } from "@/modules/scenarios/editor/variables";
import { type Kind, NO_PROBLEMS, type Session, type SetSession, shownOf } from "@/modules/scenarios/testing/session";
import { manyInput, sorted, type Trial, testInput } from "@/modules/scenarios/testing/trial";

/** Milliseconds without a change before it is tested again by itself. */
const PAUSE = 700;

export interface Testing {
  /** The events of the start points, and the one that is tried. */
  readonly events: readonly KnownEvent[];
  readonly event: KnownEvent | undefined;
  /** Something is there to test with. */
  readonly canRun: boolean;
  /** Tests what stands on the page; with another trial than the session's where one is given. */
  readonly run: (trial?: Trial) => Promise<void>;
  readonly task: Pick<Task<[], unknown>, "busy" | "failure">;
  /** What is shown is of another draft, occurrence or clock. */
  readonly isOutOfDate: boolean;
}

/** Testing what stands on the page, once or again after every change. */
export function useTesting(scenario: string, session: Session, change: SetSession): Testing {
  const { flow, events: known } = useEditor();
  const { kind, trial, isAuto } = session;
  const { events, event } = useStartEvents(trial);
  const callOf = (given: Trial): Call | undefined => {
    if (kind === "many") return { kind, input: manyInput(flow, given, session.last, known) };
    const isReady = event && (given.source === "typed" || given.occurrenceId !== "");
    return isReady ? { kind, input: testInput(flow, given, event, known) } : undefined;
  };
  const call = callOf(trial);
  const asked = JSON.stringify(call?.input);
  const task = useTask(async (given: Call) => {
    const text = JSON.stringify(given.input);
    const came = await perform(scenario, given);
    change((now) => ({
      ...now,
      ...came(flow, text, now),
      asked: { ...now.asked, [given.kind]: text },
    }));
  });
  const run = async (given = trial) => {
    const wanted = callOf(given);
    if (wanted) await task.run(wanted);
  };
  const shown = shownOf(session);
  const latest = useRef(run);
  latest.current = run;
  const isDue = isAuto && kind === "one" && shown !== undefined && session.asked.one !== asked && !task.busy;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever else is asked for begins the pause anew
  useEffect(() => {
    if (!isDue) return;
    const timer = setTimeout(() => latest.current(), PAUSE);
    return () => clearTimeout(timer);
  }, [isDue, asked]);
  return {
    events,
    event,
    canRun: call !== undefined,
    run,
    task,
    isOutOfDate: shown !== undefined && shown.asked !== asked,
  };
}

type Call =
  | { readonly kind: "one"; readonly input: ReturnType<typeof testInput> }
  | { readonly kind: "many"; readonly input: ReturnType<typeof manyInput> };

/** Ask; gives what it makes of a session. What is shown stays while what is edited cannot be tested. */
async function perform(id: string, call: Call) {
  const answer =
    call.kind === "one"
      ? (await ask(ScenarioTestDocument, { id, input: call.input })).customEventScenarioTest
      : (await ask(ScenarioTestManyDocument, { id, input: call.input })).customEventScenarioTestMany;
  if (!answer) throw new Failure("server", "EMPTY", "The answer was empty.");
  return (flow: Flow, asked: string, { problems }: Session): Partial<Session> => {
    const found = answer.errors.length ? sorted(answer.errors, flow) : NO_PROBLEMS;
    const told = { problems: { ...problems, [call.kind]: found } };
    return answer.errors.length ? told : { ...told, [call.kind]: { result: answer, flow, asked } };
  };
}

/** The events of the start points, and the one that is tried. */
function useStartEvents(trial: Trial): Pick<Testing, "events" | "event"> {
  const { flow, events: known } = useEditor();
  const numbers = [...new Set(flow.starts.map((start) => start.event))];
  const events = numbers.flatMap((number) => (typeof number === "number" ? (known.get(number) ?? []) : []));
  return { events, event: events.find((one) => one.number === trial.event) ?? events[0] };
}

/** Whether a kind of test needs to see customers. */
export function seesCustomers(kind: Kind, trial: Trial): boolean {
  return kind === "many" || trial.source === "logged";
}
