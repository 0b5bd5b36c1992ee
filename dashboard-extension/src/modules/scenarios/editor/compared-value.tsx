import { useId, useState } from "react";
import { useTexts } from "@/lib/texts";
import { withOffset } from "@/modules/events/values";
import { emptyValue } from "@/modules/scenarios/conditions";
import type { Json } from "@/modules/scenarios/definition";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import { ManyValues } from "@/modules/scenarios/editor/many-values";
import { SpanField } from "@/modules/scenarios/editor/span-field";
import {
  currencyOf,
  type Operator,
  typeOfValue,
  type ValueType,
  valueFrom,
  writtenValue,
} from "@/modules/scenarios/operands";
import { SelectField, TextField } from "@/ui/fields";

interface Props {
  readonly left: string;
  readonly operator: Operator;
  /** The types that make sense here; the first is meant where nothing is written. */
  readonly types: readonly ValueType[];
  readonly value: Json | undefined;
  readonly onChange: (value: Json) => void;
  readonly problem?: string;
  /** Texts to offer. */
  readonly suggestions?: readonly string[];
}

const NAMES = {
  text: "asText",
  number: "asNumber",
  money: "asMoney",
  date: "asDate",
  dateTime: "asDateTime",
  boolean: "asBoolean",
  duration: "asDuration",
} as const;

/** The right side of a comparison, typed as its type is written. */
export function ComparedValue({ left, operator, types, value, onChange, problem, suggestions }: Props) {
  const say = useTexts(formTexts);
  const written = typeOfValue(value);
  // An empty list tells no type: then the one that was chosen holds.
  const [chosen, setChosen] = useState<ValueType>();
  const type = written ?? chosen ?? types[0] ?? "text";
  const known = types.includes(type) ? types : [type, ...types];
  return (
    <>
      {known.length > 1 && (
        <SelectField
          label={say("rightType")}
          value={type}
          options={known.map((one) => ({ value: one, label: say(NAMES[one]) }))}
          onChange={(to) => {
            setChosen(to);
            onChange(operator === "oneOf" ? [] : emptyValue(to));
          }}
        />
      )}
      {operator === "oneOf" ? (
        <ManyValues type={type} value={value} onChange={onChange} problem={problem} />
      ) : left === "occurrence.identity" ? (
        <SelectField
          label={say("right")}
          problem={problem}
          value={writtenValue(value)}
          options={["", "token", "trusted", "unverified", "anonymous"].map((one) => ({
            value: one,
            label: one ? say(one.toUpperCase() as "TOKEN") : "–",
          }))}
          onChange={(to) => onChange(to)}
        />
      ) : (
        <OneValue type={type} value={value} onChange={onChange} problem={problem} suggestions={suggestions} />
      )}
    </>
  );
}

interface FieldProps extends Pick<Props, "value" | "onChange" | "problem" | "suggestions"> {
  readonly type: ValueType;
}

/** A value of one type. */
export function OneValue({ type, value, onChange, problem, suggestions = [] }: FieldProps) {
  const say = useTexts(formTexts);
  const about = { label: say("right"), problem };
  const set = (text: string, currency = currencyOf(value)) => onChange(valueFrom(type, text, currency));
  switch (type) {
    case "duration":
      return <SpanField value={writtenValue(value)} onChange={set} problem={problem} />;
    case "boolean":
      return (
        <SelectField
          {...about}
          value={value === false ? "false" : "true"}
          options={[
            { value: "true", label: say("yes") },
            { value: "false", label: say("no") },
          ]}
          onChange={set}
        />
      );
    case "money":
      return (
        <>
          <TypedText {...about} type={type} written={writtenValue(value)} onText={set} />
          <TextField
            label={say("currency")}
            value={currencyOf(value)}
            maxLength={3}
            placeholder="PLN"
            onChange={(currency) => set(writtenValue(value), currency.toUpperCase())}
          />
        </>
      );
    case "dateTime":
      return (
        <TextField
          {...about}
          type="datetime-local"
          step={1}
          value={localOf(writtenValue(value))}
          onChange={(local) => set(local ? withOffset(local) : "")}
        />
      );
    case "date":
      return <TextField {...about} type="date" value={writtenValue(value)} onChange={set} />;
    default:
      return <TypedText {...about} type={type} written={writtenValue(value)} onText={set} suggestions={suggestions} />;
  }
}

interface TypedTextProps {
  readonly label: string;
  readonly problem?: string;
  readonly type: ValueType;
  readonly written: string;
  readonly onText: (text: string) => void;
  readonly suggestions?: readonly string[];
}

/** Keeps what is typed as it is typed (`1,`), while the value is what it means by now. */
function TypedText({ label, problem, type, written, onText, suggestions = [] }: TypedTextProps) {
  const list = useId();
  const [typed, setTyped] = useState(written);
  const isSame = typed.trim().replace(",", ".") === written.trim();
  return (
    <>
      <TextField
        label={label}
        problem={problem}
        inputMode={type === "text" ? undefined : "decimal"}
        maxLength={2000}
        list={suggestions.length ? list : undefined}
        value={type === "text" || !isSame ? written : typed}
        onChange={(text) => {
          setTyped(text);
          onText(text);
        }}
      />
      {suggestions.length > 0 && (
        <datalist id={list}>
          {suggestions.map((text) => (
            <option key={text} value={text} />
          ))}
        </datalist>
      )}
    </>
  );
}

/** A moment with an offset as the browser's own field writes it, in the browser's zone. */
function localOf(moment: string): string {
  const at = new Date(moment);
  if (!moment || Number.isNaN(at.getTime())) return "";
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
