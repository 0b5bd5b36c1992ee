import { useTexts } from "@/lib/texts";
import type { FieldType } from "@/modules/events/event-form";
import { ValueField } from "@/modules/events/value-field";
import type { Flow, Step } from "@/modules/scenarios/definition";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { useKnownEvent } from "@/modules/scenarios/editor/event-field";
import { testTexts } from "@/modules/scenarios/testing/messages";
import styles from "@/modules/scenarios/testing/testing.module.css";
import { BLANK, type Trial, type Typed, waitsOf } from "@/modules/scenarios/testing/trial";
import { SelectField } from "@/ui/fields";

interface Props {
  readonly flow: Flow;
  readonly trial: Trial;
  readonly onTrial: (trial: Trial) => void;
}

/** For each step that waits for an event: its time runs out, or the event happens. */
export function AwaitedFields({ flow, trial, onTrial }: Props) {
  const say = useTexts(testTexts);
  const waits = waitsOf(flow);
  if (!waits.length) return null;
  return (
    <fieldset className={styles.stack}>
      <legend className={styles.legend}>{say("awaited")}</legend>
      {waits.map((step) => (
        <AwaitedField
          key={step.id}
          step={step}
          typed={trial.happened[step.id]}
          onChange={(typed) => onTrial(answered(trial, step.id, typed))}
        />
      ))}
    </fieldset>
  );
}

/** The same trial with an event that happens, or (undefined) whose time runs out. */
export function answered(trial: Trial, step: string, typed: Typed | undefined): Trial {
  const { [step]: _, ...others } = trial.happened;
  return { ...trial, happened: typed ? { ...others, [step]: typed } : others };
}

interface FieldProps {
  readonly step: Step;
  /** Undefined: its time runs out. */
  readonly typed: Typed | undefined;
  readonly onChange: (typed: Typed | undefined) => void;
}

function AwaitedField({ step, typed, onChange }: FieldProps) {
  const { numbers } = useEditor();
  const say = useTexts(testTexts);
  const event = useKnownEvent(typeof step.event === "number" ? step.event : undefined);
  const name = say("awaitedStep", { number: numbers.get(step.id) ?? 0, event: event?.name ?? say("someEvent") });
  return (
    <>
      <SelectField
        label={name}
        value={typed ? "happens" : "runsOut"}
        options={[
          { value: "runsOut", label: say("runsOut") },
          { value: "happens", label: say("happens") },
        ]}
        onChange={(chosen) => onChange(chosen === "happens" ? {} : undefined)}
      />
      {typed && event && event.dataFields.length > 0 && (
        <fieldset className={styles.inner}>
          <legend className={styles.legend}>{say("withFields")}</legend>
          {event.dataFields.map((field) => (
            <ValueField
              key={field.name}
              field={{ ...field, type: field.type as FieldType }}
              typed={typed[field.name] ?? BLANK}
              onChange={(value) => onChange({ ...typed, [field.name]: value })}
              problem={undefined}
            />
          ))}
        </fieldset>
      )}
    </>
  );
}
