import { type ReactNode, useId } from "react";
import { classes } from "@/ui/fields";
import styles from "./fields.module.css";

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  /** One sentence on what it means. */
  readonly help?: ReactNode;
  readonly disabled?: boolean;
}

interface Props<Value extends string> {
  readonly label: string;
  readonly value: Value | undefined;
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (value: Value) => void;
}

/** One of a few, each with what it means. */
export function Choices<Value extends string>({ label, value, choices, onChange }: Props<Value>) {
  const id = useId();
  return (
    <fieldset className={styles.choices}>
      <legend className={styles.label}>{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className={classes(styles.choice)} data-off={choice.disabled || undefined}>
          <input
            type="radio"
            name={id}
            checked={choice.value === value}
            disabled={choice.disabled}
            aria-describedby={choice.help ? `${id}-${choice.value}` : undefined}
            onChange={() => onChange(choice.value)}
          />
          <span>{choice.label}</span>
          {choice.help && (
            <span id={`${id}-${choice.value}`} className={styles.help}>
              {choice.help}
            </span>
          )}
        </label>
      ))}
    </fieldset>
  );
}
