import { useId, useState } from "react";
import { useTexts } from "@/lib/texts";
import { durationOf, type Parts, partsOf, UNITS } from "@/modules/scenarios/durations";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import { TextField } from "@/ui/fields";
import { useTelling } from "@/ui/while-typing";
import { common } from "@/words/words";

const NONE: Parts = { days: 0, hours: 0, minutes: 0, seconds: 0 };
type Typed = Readonly<Record<keyof Parts, string>>;

function typedOf(parts: Parts): Typed {
  const text = (value: number) => (value ? String(value) : "");
  return {
    days: text(parts.days),
    hours: text(parts.hours),
    minutes: text(parts.minutes),
    seconds: text(parts.seconds),
  };
}

function partsTyped({ days, hours, minutes, seconds }: Typed): Parts {
  return { days: Number(days), hours: Number(hours), minutes: Number(minutes), seconds: Number(seconds) };
}

interface Props {
  readonly label: string;
  readonly help?: string;
  readonly optional?: boolean;
  readonly problem?: string;
  /** As it is written: `P1DT2H`; empty: none. */
  readonly value: string;
  readonly onChange: (duration: string) => void;
  /** Nothing typed is no time, and not one of no length. */
  readonly canBeEmpty?: boolean;
}

/** A length of time, in days, hours, minutes and seconds. */
export function DurationField({ label, help, optional, problem, value, onChange, canBeEmpty = false }: Props) {
  const say = useTexts(formTexts);
  const ofAll = useTexts(common);
  const id = useId();
  const parts = partsOf(value);
  const [kept, setTyped] = useState<Typed>(() => typedOf(parts ?? NONE));
  // What is typed stands as it is typed (`090`), as long as it is what is written.
  const typed = durationOf(partsTyped(kept)) === durationOf(parts ?? NONE) ? kept : typedOf(parts ?? NONE);
  const set = (unit: keyof Parts, text: string) => {
    const now = { ...typed, [unit]: text.replace(/\D/g, "").slice(0, 9) };
    setTyped(now);
    const isEmpty = canBeEmpty && Object.values(now).every((one) => one === "");
    onChange(isEmpty ? "" : durationOf(partsTyped(now)));
  };
  const { tells, role, watch } = useTelling(
    Boolean(problem),
    Object.values(typed).every((text) => !text),
  );
  const described = [help && `${id}-help`, tells && `${id}-problem`].filter(Boolean).join(" ") || undefined;
  return (
    <fieldset className={styles.group} aria-describedby={described} {...watch}>
      <legend className={styles.legend}>
        {label}
        {optional && ` (${ofAll("optional")})`}
      </legend>
      {help && (
        <p id={`${id}-help`} className={styles.note}>
          {help}
        </p>
      )}
      {!parts && !(value === "" && canBeEmpty) && <p>{say("unreadableDuration", { text: value || "–" })}</p>}
      <div className={styles.row}>
        {UNITS.map((unit) => (
          <div key={unit} className={styles.narrow}>
            <TextField
              label={say(unit)}
              inputMode="numeric"
              placeholder="0"
              value={typed[unit]}
              onChange={(text) => set(unit, text)}
              aria-invalid={tells || undefined}
            />
          </div>
        ))}
      </div>
      {tells && (
        <p id={`${id}-problem`} className={styles.problem} role={role}>
          {problem}
        </p>
      )}
    </fieldset>
  );
}
