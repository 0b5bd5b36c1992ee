import { useState } from "react";
import { useTexts } from "@/lib/texts";
import { type Step, textOf } from "@/modules/scenarios/definition";
import { durationOf, type Parts, partsOf, UNITS } from "@/modules/scenarios/durations";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import { changed } from "@/modules/scenarios/flow";
import { TextField } from "@/ui/fields";

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

/** How long an invocation is held. */
export function WaitForm({ step }: { readonly step: Step }) {
  const { change, problemAt } = useEditor();
  const say = useTexts(formTexts);
  const written = textOf(step.duration);
  const parts = partsOf(written);
  const [kept, setTyped] = useState<Typed>(() => typedOf(parts ?? NONE));
  // What is typed stands as it is typed (`090`), as long as it is what is written.
  const typed = durationOf(partsTyped(kept)) === durationOf(parts ?? NONE) ? kept : typedOf(parts ?? NONE);
  const problem = problemAt(step.id, "duration");
  const set = (unit: keyof Parts, text: string) => {
    const digits = text.replace(/\D/g, "").slice(0, 9);
    const now = { ...typed, [unit]: digits };
    setTyped(now);
    const duration = durationOf(partsTyped(now));
    change((flow) => changed(flow, step.id, (one) => ({ ...one, duration })));
  };
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{say("duration")}</legend>
      {!parts && <p>{say("unreadableDuration", { text: written || "–" })}</p>}
      <div className={styles.row}>
        {UNITS.map((unit) => (
          <div key={unit} className={styles.narrow}>
            <TextField
              label={say(unit)}
              inputMode="numeric"
              placeholder="0"
              value={typed[unit]}
              onChange={(text) => set(unit, text)}
              aria-invalid={problem ? true : undefined}
            />
          </div>
        ))}
      </div>
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  );
}
