import { useState } from "react";
import { ScenarioTestDocument } from "@/graphql/generated";
import { ask, Failure } from "@/lib/api";
import { useTexts } from "@/lib/texts";
import { useTask } from "@/lib/use-task";
import { useViewer } from "@/lib/viewer";
import { EMPTY, type Flow } from "@/modules/scenarios/definition";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import type { ScenarioDetails } from "@/modules/scenarios/editor/use-draft";
import type { KnownEvent } from "@/modules/scenarios/editor/variables";
import { LoggedOccurrence } from "@/modules/scenarios/testing/logged-occurrence";
import { testTexts } from "@/modules/scenarios/testing/messages";
import { Outcome } from "@/modules/scenarios/testing/outcome";
import styles from "@/modules/scenarios/testing/testing.module.css";
import { sorted, type Trial, type Tried, testInput } from "@/modules/scenarios/testing/trial";
import { TrialProblems } from "@/modules/scenarios/testing/trial-problems";
import { TypedOccurrence } from "@/modules/scenarios/testing/typed-occurrence";
import { Button } from "@/ui/button";
import { Choices } from "@/ui/choices";
import { SelectField } from "@/ui/fields";
import { FailureNotice, Notice } from "@/ui/notice";
import { Window } from "@/ui/window";
import { common } from "@/words/words";

interface Props {
  readonly scenario: ScenarioDetails;
  /** Kept by the page, so that testing again after a change begins where it was. */
  readonly trial: Trial;
  readonly onTrial: (trial: Trial) => void;
  readonly onClose: () => void;
}

/** Goes through the draft on the page with one occurrence; nothing is done for real. */
export function TestWindow({ scenario, trial, onTrial, onClose }: Props) {
  const { flow } = useEditor();
  const say = useTexts(testTexts);
  const ofAll = useTexts(common);
  const { events, event } = useStartEvents(trial);
  const test = useTest(scenario.id);
  const tried = test.tried;
  const run = () => event && test.run(testInput(flow, trial, event), flow);
  const canRun = event && (trial.source === "typed" || trial.occurrenceId !== "");
  return (
    <Window
      title={say("title", { name: scenario.name })}
      width={720}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{ofAll("close")}</Button>
          <Button variant="primary" busy={test.busy} disabled={!canRun} onClick={run}>
            {say(tried ? "again" : "run")}
          </Button>
        </>
      }
    >
      <Notice kind="info">{say("nothingReal")}</Notice>
      {!event && <Notice kind="warning">{say("noEvent")}</Notice>}
      {event && (
        <>
          <Source trial={trial} onTrial={onTrial} />
          {events.length > 1 && (
            <SelectField
              label={say("event")}
              value={String(event.number)}
              options={events.map((one) => ({ value: String(one.number), label: one.name }))}
              onChange={(number) => onTrial({ ...trial, event: Number(number), occurrenceId: "" })}
            />
          )}
          {trial.source === "logged" ? (
            <LoggedOccurrence event={event} trial={trial} onTrial={onTrial} />
          ) : (
            <TypedOccurrence event={event} trial={trial} onTrial={onTrial} problems={test.problems.occurrence} />
          )}
        </>
      )}
      <div aria-live="polite" className={styles.stack}>
        {test.failure && <FailureNotice failure={test.failure} onRetry={run} />}
        <TrialProblems problems={test.problems} event={event} onLead={onClose} />
        {tried && tried.errors.length === 0 && <Outcome tried={tried} flow={test.flow} />}
      </div>
    </Window>
  );
}

function Source({ trial, onTrial }: Pick<Props, "trial" | "onTrial">) {
  const say = useTexts(testTexts);
  const ofAll = useTexts(common);
  const missing = useViewer().missing("TEST_WITH_OCCURRENCE");
  const why = ofAll("missingPermission", { count: missing.length, codes: missing.join(", ") });
  return (
    <Choices
      label={say("source")}
      value={trial.source}
      onChange={(source) => onTrial({ ...trial, source })}
      choices={[
        { value: "typed", label: say("typed"), help: say("typedHelp") },
        {
          value: "logged",
          label: say("logged"),
          help: missing.length ? why : say("loggedHelp"),
          disabled: missing.length > 0,
        },
      ]}
    />
  );
}

/** The events of the start points, and the one that is tried. */
function useStartEvents(trial: Trial): {
  readonly events: readonly KnownEvent[];
  readonly event: KnownEvent | undefined;
} {
  const { flow, events: known } = useEditor();
  const numbers = [...new Set(flow.starts.map((start) => start.event))];
  const events = numbers.flatMap((number) => (typeof number === "number" ? (known.get(number) ?? []) : []));
  return { events, event: events.find((one) => one.number === trial.event) ?? events[0] };
}

/** The last test and the flow that it was of: the page may be edited since. */
function useTest(id: string) {
  const [last, setLast] = useState<{ readonly tried: Tried; readonly flow: Flow }>();
  const task = useTask(async (input: ReturnType<typeof testInput>, flow: Flow) => {
    const { customEventScenarioTest: tried } = await ask(ScenarioTestDocument, { id, input });
    if (!tried) throw new Failure("server", "EMPTY", "The answer was empty.");
    setLast({ tried, flow });
  });
  const flow = last?.flow ?? EMPTY;
  return { ...task, tried: last?.tried, flow, problems: sorted(last?.tried.errors ?? [], flow) };
}
