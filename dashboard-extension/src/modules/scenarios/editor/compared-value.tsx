import { useState } from "react";
import { useTexts } from "@/lib/texts";
import { withOffset } from "@/modules/events/values";
import { emptyValue } from "@/modules/scenarios/conditions";
import type { Json } from "@/modules/scenarios/definition";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import {
  currencyOf,
  type Operator,
  typeOfValue,
  type ValueType,
  valueFrom,
  writtenValue,
} from "@/modules/scenarios/operands";
import { SelectField, TextArea, TextField } from "@/ui/fields";

interface Props {
  readonly left: string;
  readonly operator: Operator;
  /** The types that make sense here; the first is meant where nothing is written. */
  readonly types: readonly ValueType[];
  readonly value: Json | undefined;
  readonly onChange: (value: Json) => void;
  readonly problem?: string;
}

const NAMES = {
  text: "asText",
  number: "asNumber",
  money: "asMoney",
  date: "asDate",
  dateTime: "asDateTime",
  boolean: "asBoolean",
} as const;

/** The right side of a comparison, typed as its type is written. */
export function ComparedValue({ left, operator, types, value, onChange, problem }: Props) {
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
        <OneValue type={type} value={value} onChange={onChange} problem={problem} />
      )}
    </>
  );
}

interface FieldProps extends Pick<Props, "value" | "onChange" | "problem"> {
  readonly type: ValueType;
}

/** A value of one type. */
export function OneValue({ type, value, onChange, problem }: FieldProps) {
  const say = useTexts(formTexts);
  const about = { label: say("right"), problem };
  const set = (text: string, currency = currencyOf(value)) => onChange(valueFrom(type, text, currency));
  switch (type) {
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
      return <TypedText {...about} type={type} written={writtenValue(value)} onText={set} />;
  }
}

interface TypedTextProps {
  readonly label: string;
  readonly problem?: string;
  readonly type: ValueType;
  readonly written: string;
  readonly onText: (text: string) => void;
}

/** Keeps what is typed as it is typed (`1,`), while the value is what it means by now. */
function TypedText({ label, problem, type, written, onText }: TypedTextProps) {
  const [typed, setTyped] = useState(written);
  const isSame = typed.trim().replace(",", ".") === written.trim();
  return (
    <TextField
      label={label}
      problem={problem}
      inputMode={type === "text" ? undefined : "decimal"}
      maxLength={2000}
      value={type === "text" || !isSame ? written : typed}
      onChange={(text) => {
        setTyped(text);
        onText(text);
      }}
    />
  );
}

function ManyValues({ type, value, onChange, problem }: FieldProps) {
  const say = useTexts(formTexts);
  const values = Array.isArray(value) ? (value as readonly Json[]) : [];
  const [typed, setTyped] = useState("");
  const read = (text: string) => {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    return lines.map((line) => readLine(type, line));
  };
  const isSame = JSON.stringify(read(typed)) === JSON.stringify(values);
  const text = isSame ? typed : values.map(writtenLine).join("\n");
  const set = (now: string) => {
    setTyped(now);
    onChange(read(now));
  };
  return (
    <TextArea
      label={say("values")}
      help={say("valuesOneLine")}
      rows={3}
      value={text}
      onChange={set}
      problem={problem}
    />
  );
}

function writtenLine(value: Json): string {
  return `${writtenValue(value)} ${currencyOf(value)}`.trimEnd();
}

/** One line of a list of values; an amount of money is written `199.90 PLN`. */
function readLine(type: ValueType, line: string): Json {
  const [amount = "", currency = ""] = line.trim().split(/\s+/);
  return type === "money"
    ? valueFrom("money", amount, currency)
    : valueFrom(type, type === "text" ? line : line.trim());
}

/** A moment with an offset as the browser's own field writes it, in the browser's zone. */
function localOf(moment: string): string {
  const at = new Date(moment);
  if (!moment || Number.isNaN(at.getTime())) return "";
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
