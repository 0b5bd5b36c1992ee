import type { LucideIcon } from "lucide-react";
import styles from "./segments.module.css";

interface Props<Value extends string> {
  /** Of the group of radio buttons; unique in the page. */
  readonly name: string;
  readonly label: string;
  readonly value: Value;
  readonly segments: readonly { readonly value: Value; readonly label: string; readonly Icon?: LucideIcon }[];
  readonly onChange: (value: Value) => void;
}

/** A few ways to see the same, of which one is chosen. */
export function Segments<Value extends string>({ name, label, value, segments, onChange }: Props<Value>) {
  return (
    <fieldset className={styles.segments}>
      <legend className="sce-hidden">{label}</legend>
      {segments.map(({ value: one, label: text, Icon }) => (
        <label key={one} className={styles.segment}>
          <input
            type="radio"
            name={name}
            className="sce-hidden"
            checked={value === one}
            onChange={() => onChange(one)}
          />
          {Icon && <Icon size={14} aria-hidden />} {text}
        </label>
      ))}
    </fieldset>
  );
}
