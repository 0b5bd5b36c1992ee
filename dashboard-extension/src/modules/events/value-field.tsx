import type { HTMLInputTypeAttribute } from "react";
import { useTexts } from "@/lib/texts";
import { SelectField, TextArea, TextField } from "@/ui/fields";
import { common } from "@/words/words";
import type { EventDetails, FieldType } from "./event-form";
import styles from "./events.module.css";
import { testTexts } from "./test-texts/messages";
import type { TypedValue } from "./values";

interface Props {
  readonly field: Pick<EventDetails["dataFields"][number], "name" | "type" | "required">;
  readonly typed: TypedValue;
  readonly onChange: (typed: TypedValue) => void;
  readonly problem: string | undefined;
}

const INPUT_TYPES: Partial<Record<FieldType, HTMLInputTypeAttribute>> = {
  DATE: "date",
  DATETIME: "datetime-local",
  URL: "url",
};

/** One data field's value, typed as its type is written. */
export function ValueField({ field, typed, onChange, problem }: Props) {
  const say = useTexts(testTexts);
  const sayCommon = useTexts(common);
  const about = { label: field.name, optional: !field.required, problem };
  const change = (text: string) => onChange({ ...typed, text });
  switch (field.type) {
    case "TEXT":
      return <TextArea {...about} rows={2} value={typed.text} onChange={change} />;
    case "BOOLEAN":
      return (
        <SelectField
          {...about}
          value={typed.text}
          onChange={change}
          options={[
            { value: "true", label: sayCommon("yes") },
            { value: "false", label: sayCommon("no") },
            { value: "", label: say("leaveOut") },
          ]}
        />
      );
    case "MONEY":
      return (
        <div className={styles.money}>
          <TextField
            {...about}
            label={say("amountOf", { name: field.name })}
            inputMode="decimal"
            value={typed.text}
            onChange={change}
          />
          <TextField
            label={say("currencyOf", { name: field.name })}
            value={typed.currency}
            maxLength={3}
            onChange={(currency) => onChange({ ...typed, currency })}
          />
        </div>
      );
    default:
      return (
        <TextField
          {...about}
          type={INPUT_TYPES[field.type] ?? "text"}
          inputMode={field.type === "NUMBER" ? "decimal" : undefined}
          step={field.type === "DATETIME" ? 1 : undefined}
          value={typed.text}
          onChange={change}
        />
      );
  }
}
