import { X } from "lucide-react";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { zoneName } from "@/lib/times";
import { findEvents, findScenarios, kept, picked } from "@/modules/log/choosing";
import logStyles from "@/modules/log/log.module.css";
import { REASONS } from "@/modules/log/row-reasons";
import { Choices } from "@/ui/choices";
import { Checkbox, SelectField, TextField } from "@/ui/fields";
import { Notice } from "@/ui/notice";
import { Picker } from "@/ui/picker";
import { useSentence } from "@/words/reasons";
import { invocationStatuses } from "@/words/words";
import { replaying } from "./messages";
import { ENDS, type End, type Faults, type Plan, UNITS, type Unit } from "./plan";
import styles from "./replay.module.css";

interface Props {
  readonly plan: Plan;
  readonly faults: Faults;
  /** Filters of the log that cannot be taken over. */
  readonly notTaken: readonly ("notTaken" | "notTakenStep")[];
  readonly onChange: (change: Partial<Plan>) => void;
}

type Part = Omit<Props, "notTaken">;

/** Which rows run again, with which version, and how fast. */
export function ReplayForm({ notTaken, ...part }: Props) {
  const say = useTexts(replaying);
  return (
    <div className={styles.form}>
      <p className={styles.wide}>{say("text")}</p>
      {notTaken.map((key) => (
        <div key={key} className={styles.wide}>
          <Notice kind="warning">{say(key)}</Notice>
        </div>
      ))}
      <Subject {...part} />
      <Times {...part} />
      <Ends {...part} />
      <Reasons {...part} />
      <Versions {...part} />
      <Speed {...part} />
    </div>
  );
}

function Subject({ plan, faults, onChange }: Part) {
  const say = useTexts(replaying);
  return (
    <>
      <Picker
        label={say("event")}
        placeholder={say("name")}
        help={say("either")}
        problem={faults.subject && say(faults.subject)}
        value={plan.event && picked(plan.event)}
        search={findEvents}
        onChange={(event) => onChange({ event: kept(event) })}
      />
      <Picker
        label={say("scenario")}
        placeholder={say("name")}
        value={plan.scenario && picked(plan.scenario)}
        search={findScenarios}
        onChange={(scenario) => onChange({ scenario: kept(scenario) })}
      />
    </>
  );
}

function Times({ plan, faults, onChange }: Part) {
  const say = useTexts(replaying);
  const zone = zoneName(useSurroundings().locale);
  return (
    <>
      <TextField
        label={say("from", { zone })}
        type="datetime-local"
        value={plan.from}
        problem={faults.from && say(faults.from)}
        onChange={(from) => onChange({ from })}
      />
      <TextField
        label={say("to", { zone })}
        type="datetime-local"
        help={say("toHelp")}
        value={plan.to}
        problem={faults.to && say(faults.to)}
        onChange={(to) => onChange({ to })}
      />
    </>
  );
}

function Ends({ plan, faults, onChange }: Part) {
  const say = useTexts(replaying);
  const sayStatus = useTexts(invocationStatuses);
  const change = (end: End, isChosen: boolean) =>
    onChange({ ends: ENDS.filter((one) => (one === end ? isChosen : plan.ends.includes(one))) });
  return (
    <fieldset className={styles.ends}>
      <legend>{say("ends")}</legend>
      {ENDS.map((end) => (
        <Checkbox
          key={end}
          label={end === "SKIPPED" ? say(end) : sayStatus(end)}
          help={end === "SKIPPED" && say("skippedHelp")}
          checked={plan.ends.includes(end)}
          onChange={(isChosen) => change(end, isChosen)}
        />
      ))}
      {faults.ends && (
        <p role="alert" className={styles.problem}>
          {say(faults.ends)}
        </p>
      )}
    </fieldset>
  );
}

function Reasons({ plan, onChange }: Part) {
  const say = useTexts(replaying);
  const sentence = useSentence();
  const others = REASONS.filter((code) => !plan.reasons.includes(code));
  return (
    <div className={styles.reasons}>
      <SelectField
        label={say("addReason")}
        value=""
        options={[
          { value: "", label: say(plan.reasons.length ? "moreReasons" : "anyReason") },
          ...others.map((code) => ({ value: code, label: `${sentence(code)} (${code})` })),
        ]}
        onChange={(code) => code && onChange({ reasons: [...plan.reasons, code] })}
      />
      {plan.reasons.length > 0 && (
        <ul className={styles.chosen} aria-label={say("chosenReasons")}>
          {plan.reasons.map((code) => (
            <li key={code}>
              <button
                type="button"
                className={logStyles.chip}
                aria-label={say("removeReason", { reason: sentence(code) ?? code })}
                onClick={() => onChange({ reasons: plan.reasons.filter((one) => one !== code) })}
              >
                {sentence(code) ?? code}
                <X size={14} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Versions({ plan, onChange }: Part) {
  const say = useTexts(replaying);
  return (
    <Choices
      label={say("version")}
      value={plan.version}
      choices={[
        { value: "ORIGINAL", label: say("ORIGINAL"), help: say("originalHelp") },
        { value: "CURRENT", label: say("CURRENT"), help: say("currentHelp") },
      ]}
      onChange={(version) => onChange({ version })}
    />
  );
}

function Speed({ plan, faults, onChange }: Part) {
  const say = useTexts(replaying);
  return (
    <div>
      <Choices
        label={say("spread")}
        value={plan.isSpread ? "over" : "fast"}
        choices={[
          { value: "fast", label: say("fast"), help: say("fastHelp") },
          { value: "over", label: say("over"), help: say("overHelp") },
        ]}
        onChange={(chosen) => onChange({ isSpread: chosen === "over" })}
      />
      {plan.isSpread && (
        <div className={styles.time}>
          <TextField
            label={say("amount")}
            inputMode="numeric"
            value={plan.amount}
            problem={faults.amount && say(faults.amount)}
            onChange={(amount) => onChange({ amount })}
          />
          <SelectField
            label={say("unit")}
            value={plan.unit}
            options={(Object.keys(UNITS) as Unit[]).map((unit) => ({ value: unit, label: say(unit) }))}
            onChange={(unit) => onChange({ unit })}
          />
        </div>
      )}
    </div>
  );
}
