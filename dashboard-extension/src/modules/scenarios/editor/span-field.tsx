import { useState } from "react";
import { useTexts } from "@/lib/texts";
import { durationOf, type Parts, partsOf, UNITS } from "@/modules/scenarios/durations";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import { SelectField, TextField } from "@/ui/fields";

const NONE: Parts = { days: 0, hours: 0, minutes: 0, seconds: 0 };
/** A number of days that fits into a comparison, and of seconds too. */
const DIGITS = 9;

interface Props {
  /** As it is written: `P30D`. */
  readonly value: string;
  readonly onChange: (duration: string) => void;
  readonly problem?: string;
}

/** How many days, hours or minutes: the last ones, or the next. A time of several units is one of its smallest. */
export function SpanField({ value, onChange, problem }: Props) {
  const say = useTexts(formTexts);
  const parts = partsOf(value) ?? NONE;
  const smallest = [...UNITS].reverse().find((unit) => parts[unit] > 0);
  const [kept, setUnit] = useState<keyof Parts>("days");
  const unit = smallest ?? kept;
  const count = inUnits(parts, unit);
  const write = (text: string, of: keyof Parts) => {
    setUnit(of);
    onChange(durationOf({ ...NONE, [of]: Number(text.replace(/\D/g, "").slice(0, DIGITS)) }));
  };
  return (
    <div className={styles.span}>
      <TextField
        label={say("howMany")}
        inputMode="numeric"
        value={count ? String(count) : ""}
        onChange={(text) => write(text, unit)}
        problem={problem}
      />
      <SelectField
        label={say("unit")}
        value={unit}
        options={UNITS.map((one) => ({ value: one, label: say(`${one}Genitive`) }))}
        onChange={(to) => write(String(count), to)}
      />
    </div>
  );
}

function inUnits({ days, hours, minutes, seconds }: Parts, unit: keyof Parts): number {
  const all = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
  return Math.floor(all / { days: 86_400, hours: 3600, minutes: 60, seconds: 1 }[unit]);
}
