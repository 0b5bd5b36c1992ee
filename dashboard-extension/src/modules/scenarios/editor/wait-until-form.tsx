import { useState } from "react";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { emptyValue } from "@/modules/scenarios/conditions";
import { type Step, textOf } from "@/modules/scenarios/definition";
import { OneValue } from "@/modules/scenarios/editor/compared-value";
import { DurationField } from "@/modules/scenarios/editor/duration-field";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import { useSet } from "@/modules/scenarios/editor/use-set";
import { declaredFields } from "@/modules/scenarios/editor/variables";
import { operandOf, typeOfValue } from "@/modules/scenarios/operands";
import { operandText } from "@/modules/scenarios/summary";
import { SelectField, TextField } from "@/ui/fields";

const FIELD = "dataFields.";
const TIMES = ["occurrence.occurredAt", "occurrence.registeredAt"];

/** A wait until a date, or until some time before or after it. */
export function WaitUntilForm({ step }: { readonly step: Step }) {
  const { problemAt } = useEditor();
  const say = useTexts(formTexts);
  const set = useSet(step);
  return (
    <>
      <DateField step={step} />
      <Offset step={step} />
      <SelectField
        label={say("past")}
        value={step.past === "exit" ? "exit" : "continue"}
        options={[
          { value: "continue", label: say("pastContinue") },
          { value: "exit", label: say("pastExit") },
        ]}
        onChange={(past) => set({ past })}
        problem={problemAt(step.id, "past")}
      />
    </>
  );
}

/** Where the date stands, or the date itself. */
function DateField({ step }: { readonly step: Step }) {
  const { flow, events, problemWithin } = useEditor();
  const { language } = useSurroundings();
  const say = useTexts(formTexts);
  const set = useSet(step);
  const { date } = step;
  const type = typeOfValue(date);
  const written = type === "date" || type === "dateTime" ? type : undefined;
  const fields = declaredFields(flow, events);
  const named = textOf(date);
  const isTyped =
    !written && operandOf(named).source === "dataFields" && !fields.some(({ name }) => FIELD + name === named);
  const listed = [...fields.map(({ name }) => FIELD + name), ...TIMES];
  const value = written ?? (isTyped ? FIELD : named);
  const choices = [...new Set([...listed, FIELD, "date", "dateTime", ...(value ? [value] : [])])];
  const labels: Readonly<Record<string, string>> = {
    [FIELD]: say("otherField"),
    date: say("fixedDate"),
    dateTime: say("fixedTime"),
  };
  const problem = problemWithin(step.id, "date");
  return (
    <div className={styles.row}>
      <SelectField
        label={say("date")}
        value={value}
        options={choices.map((one) => ({ value: one, label: labels[one] ?? operandText(one, language) }))}
        onChange={(to) => set({ date: to === "date" || to === "dateTime" ? emptyValue(to) : to })}
        problem={written || isTyped ? undefined : problem}
      />
      {isTyped && (
        <TextField
          label={say("fieldName")}
          value={named.slice(FIELD.length)}
          onChange={(name) => set({ date: FIELD + name })}
          problem={problem}
        />
      )}
      {written && <OneValue type={written} value={date} onChange={(to) => set({ date: to })} problem={problem} />}
    </div>
  );
}

type Side = "on" | "before" | "after";

/** At the date itself, or how long before or after it. */
function Offset({ step }: { readonly step: Step }) {
  const { problemAt } = useEditor();
  const say = useTexts(formTexts);
  const set = useSet(step);
  const offset = textOf(step.offset);
  const [side, setSide] = useState<Side>(offset.startsWith("-") ? "before" : offset ? "after" : "on");
  const length = offset.replace("-", "");
  const write = (to: Side, time: string) =>
    set({ offset: to === "on" ? null : `${to === "before" ? "-" : ""}${time}` });
  const choose = (to: Side) => {
    setSide(to);
    write(to, length || "P1D");
  };
  return (
    <>
      <div className={styles.half}>
        <SelectField
          label={say("offset")}
          value={side}
          options={[
            { value: "on", label: say("offsetOn") },
            { value: "before", label: say("offsetBefore") },
            { value: "after", label: say("offsetAfter") },
          ]}
          onChange={choose}
        />
      </div>
      {side !== "on" && (
        <DurationField
          label={say("offsetBy")}
          value={length}
          onChange={(time) => write(side, time)}
          problem={problemAt(step.id, "offset")}
        />
      )}
    </>
  );
}
