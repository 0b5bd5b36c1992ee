import { useTexts } from "@/lib/texts";
import { useViewer } from "@/lib/viewer";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { AwaitedFields } from "@/modules/scenarios/testing/awaited-fields";
import { ClockField } from "@/modules/scenarios/testing/clock-field";
import { LoggedOccurrence } from "@/modules/scenarios/testing/logged-occurrence";
import { testTexts } from "@/modules/scenarios/testing/messages";
import type { Session, SetSession } from "@/modules/scenarios/testing/session";
import styles from "@/modules/scenarios/testing/testing.module.css";
import { LAST, type Last, type Trial } from "@/modules/scenarios/testing/trial";
import { TypedOccurrence } from "@/modules/scenarios/testing/typed-occurrence";
import type { Testing } from "@/modules/scenarios/testing/use-testing";
import { Choices } from "@/ui/choices";
import { SelectField } from "@/ui/fields";
import { Notice } from "@/ui/notice";
import { common } from "@/words/words";

interface Props {
  readonly session: Session;
  readonly change: SetSession;
  readonly testing: Testing;
}

/** What it is tested with: an occurrence or how many, when it comes, and what happens of what is waited for. */
export function TrialForm({ session, change, testing }: Props) {
  const { flow } = useEditor();
  const say = useTexts(testTexts);
  const { kind, trial, last } = session;
  const set = (now: Trial) => change((before) => ({ ...before, trial: now }));
  return (
    <div className={styles.stack}>
      {kind === "one" ? (
        <OneOccurrence session={session} testing={testing} onTrial={set} />
      ) : (
        <SelectField
          label={say("last")}
          help={say("lastHelp")}
          value={String(last)}
          options={LAST.map((number) => ({ value: String(number), label: say("lastCount", { number }) }))}
          onChange={(number) => change((before) => ({ ...before, last: Number(number) as Last }))}
        />
      )}
      <ClockField at={trial.at} onChange={(at) => set({ ...trial, at })} />
      <AwaitedFields flow={flow} trial={trial} onTrial={set} />
    </div>
  );
}

interface OneProps {
  readonly session: Session;
  readonly testing: Testing;
  readonly onTrial: (trial: Trial) => void;
}

function OneOccurrence({ session: { trial, problems }, testing: { events, event }, onTrial }: OneProps) {
  const say = useTexts(testTexts);
  if (!event) return <Notice kind="warning">{say("noEvent")}</Notice>;
  return (
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
        <LoggedOccurrence key={event.id} event={event} trial={trial} onTrial={onTrial} />
      ) : (
        <TypedOccurrence event={event} trial={trial} onTrial={onTrial} problems={problems.one.occurrence} />
      )}
    </>
  );
}

function Source({ trial, onTrial }: Omit<OneProps, "session" | "testing"> & { readonly trial: Trial }) {
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
