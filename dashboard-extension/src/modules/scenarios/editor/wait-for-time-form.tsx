import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { isMembers, type Step, textOf } from "@/modules/scenarios/definition";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import { OperandField } from "@/modules/scenarios/editor/operand-field";
import { useSet } from "@/modules/scenarios/editor/use-set";
import { declaredFields, OF_STEP } from "@/modules/scenarios/editor/variables";
import { WEEKDAYS, weekdayText } from "@/modules/scenarios/summary";
import { Checkbox, SelectField, TextField } from "@/ui/fields";

/** A wait until it is a certain time, on some weekdays. */
export function WaitForTimeForm({ step }: { readonly step: Step }) {
  const { problemAt } = useEditor();
  const say = useTexts(formTexts);
  const set = useSet(step);
  return (
    <>
      <div className={styles.half}>
        <TextField
          label={say("clock")}
          type="time"
          value={textOf(step.time)}
          onChange={(time) => set({ time: time.slice(0, 5) })}
          problem={problemAt(step.id, "time")}
        />
      </div>
      <Weekdays step={step} />
      <Zone step={step} />
    </>
  );
}

function Weekdays({ step }: { readonly step: Step }) {
  const { problemWithin } = useEditor();
  const { language } = useSurroundings();
  const say = useTexts(formTexts);
  const set = useSet(step);
  const chosen: readonly unknown[] = Array.isArray(step.weekdays) ? step.weekdays : WEEKDAYS;
  const problem = problemWithin(step.id, "weekdays");
  const turn = (day: string, on: boolean) => {
    const now = WEEKDAYS.filter((one) => (one === day ? on : chosen.includes(one)));
    set({ weekdays: now.length === WEEKDAYS.length ? null : now });
  };
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{say("weekdays")}</legend>
      <div className={styles.row}>
        {WEEKDAYS.map((day) => (
          <Checkbox
            key={day}
            label={weekdayText(day, language)}
            checked={chosen.includes(day)}
            onChange={(on) => turn(day, on)}
          />
        ))}
      </div>
      {problem && <p className={styles.problem}>{problem}</p>}
    </fieldset>
  );
}

function Zone({ step }: { readonly step: Step }) {
  const { flow, events, problemWithin } = useEditor();
  const say = useTexts(formTexts);
  const set = useSet(step);
  const { zone } = step;
  const kind = isMembers(zone) ? "named" : typeof zone === "string" ? "fixed" : "shop";
  const start = { shop: null, fixed: "Europe/Warsaw", named: { from: "" } };
  const problem = problemWithin(step.id, "zone");
  return (
    <div className={styles.row}>
      <SelectField
        label={say("zone")}
        value={kind}
        options={[
          { value: "shop", label: say("zoneShop") },
          { value: "fixed", label: say("zoneFixed") },
          { value: "named", label: say("zoneNamed") },
        ]}
        onChange={(to) => set({ zone: start[to] })}
      />
      {kind === "fixed" && (
        <TextField
          label={say("zoneName")}
          value={textOf(zone)}
          onChange={(name) => set({ zone: name })}
          problem={problem}
        />
      )}
      {isMembers(zone) && (
        <OperandField
          label={say("zoneFrom")}
          placeholder={say("chooseZone")}
          part={step.id}
          scope={OF_STEP}
          fields={declaredFields(flow, events)}
          value={textOf(zone.from)}
          onChange={(from) => set({ zone: { from } })}
          problem={problem}
        />
      )}
    </div>
  );
}
