import { useState } from "react";
import { useTexts } from "@/lib/texts";
import type { Json } from "@/modules/scenarios/definition";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import { currencyOf, type ValueType, valueFrom, writtenValue } from "@/modules/scenarios/operands";
import { TextArea } from "@/ui/fields";

interface Props {
  readonly type: ValueType;
  readonly value: Json | undefined;
  readonly onChange: (value: Json) => void;
  readonly problem?: string;
}

/** Several values of one type, one a line. */
export function ManyValues({ type, value, onChange, problem }: Props) {
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
