import {
  type ChangeEvent,
  type HTMLInputTypeAttribute,
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from "react";
import { useTexts } from "@/lib/texts";
import { useTelling } from "@/ui/while-typing";
import { common } from "@/words/words";
import styles from "./fields.module.css";

interface Field {
  readonly label: string;
  /** The label is read, not seen (a search field, a cell). */
  readonly hideLabel?: boolean;
  readonly help?: ReactNode;
  /** What is wrong with the value, in the reader's language. */
  readonly problem?: ReactNode;
  /** Says "optional" beside the label. */
  readonly optional?: boolean;
  /** Nothing stands in it. */
  readonly isEmpty?: boolean;
}

interface Wiring {
  readonly id: string;
  readonly "aria-invalid": true | undefined;
  readonly "aria-describedby": string | undefined;
}

export function FieldFrame({
  label,
  hideLabel,
  help,
  problem,
  optional,
  isEmpty = false,
  children,
}: Field & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const say = useTexts(common);
  const { tells, role, watch } = useTelling(Boolean(problem), isEmpty);
  const described = [help && `${id}-help`, tells && `${id}-problem`].filter(Boolean).join(" ");
  return (
    <div className={styles.field} {...watch}>
      <label htmlFor={id} className={hideLabel ? "sce-hidden" : styles.label}>
        {label}
        {optional && <span className={styles.mark}>({say("optional")})</span>}
      </label>
      {children({ id, "aria-invalid": tells ? true : undefined, "aria-describedby": described || undefined })}
      {tells && (
        <div id={`${id}-problem`} className={styles.problem} role={role}>
          {problem}
        </div>
      )}
      {help && (
        <div id={`${id}-help`} className={styles.help}>
          {help}
        </div>
      )}
    </div>
  );
}

type Changed<Element> = Omit<Element, "onChange" | "value" | "id">;

interface TextFieldProps extends Field, Changed<InputHTMLAttributes<HTMLInputElement>> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: HTMLInputTypeAttribute;
  readonly mono?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

export function TextField({
  label,
  hideLabel,
  help,
  problem,
  optional,
  onChange,
  mono,
  inputRef,
  className,
  ...rest
}: TextFieldProps) {
  return (
    <FieldFrame {...{ label, hideLabel, help, problem, optional }} isEmpty={rest.value === ""}>
      {(wiring) => (
        <input
          ref={inputRef}
          type="text"
          autoComplete="off"
          {...rest}
          {...wiring}
          className={classes(styles.control, mono && styles.mono, className)}
          onChange={(event: ChangeEvent<HTMLInputElement>) => onChange(event.target.value)}
        />
      )}
    </FieldFrame>
  );
}

interface TextAreaProps extends Field, Changed<TextareaHTMLAttributes<HTMLTextAreaElement>> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly mono?: boolean;
  readonly areaRef?: Ref<HTMLTextAreaElement>;
}

export function TextArea({
  label,
  hideLabel,
  help,
  problem,
  optional,
  onChange,
  mono,
  areaRef,
  className,
  ...rest
}: TextAreaProps) {
  return (
    <FieldFrame {...{ label, hideLabel, help, problem, optional }} isEmpty={rest.value === ""}>
      {(wiring) => (
        <textarea
          ref={areaRef}
          {...rest}
          {...wiring}
          className={classes(styles.control, mono && styles.mono, className)}
          onChange={(event: ChangeEvent<HTMLTextAreaElement>) => onChange(event.target.value)}
        />
      )}
    </FieldFrame>
  );
}

export interface Option<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
}

interface SelectFieldProps<Value extends string> extends Field, Changed<SelectHTMLAttributes<HTMLSelectElement>> {
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
}

/** The platform's own list: works by keyboard, on a phone and with every reader. */
export function SelectField<Value extends string>({
  label,
  hideLabel,
  help,
  problem,
  optional,
  options,
  onChange,
  className,
  ...rest
}: SelectFieldProps<Value>) {
  return (
    <FieldFrame {...{ label, hideLabel, help, problem, optional }} isEmpty={rest.value === ""}>
      {(wiring) => (
        <select
          {...rest}
          {...wiring}
          className={classes(styles.control, className)}
          onChange={(event: ChangeEvent<HTMLSelectElement>) => onChange(event.target.value as Value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </FieldFrame>
  );
}

interface CheckboxProps {
  readonly label: ReactNode;
  readonly help?: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** Permissions that are missing to change it. */
  readonly missing?: readonly string[];
  readonly disabled?: boolean;
}

export function Checkbox({ label, help, checked, onChange, missing = [], disabled = false }: CheckboxProps) {
  const id = useId();
  const say = useTexts(common);
  const off = disabled || missing.length > 0;
  const why = missing.length
    ? say("missingPermission", { count: missing.length, codes: missing.join(", ") })
    : undefined;
  return (
    <label className={styles.choice} data-off={off || undefined}>
      <input
        type="checkbox"
        checked={checked}
        disabled={off}
        aria-describedby={help || why ? id : undefined}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{label}</span>
      {(help || why) && (
        <span id={id} className={styles.help}>
          {help} {why}
        </span>
      )}
    </label>
  );
}

export function classes(...names: (string | false | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}
