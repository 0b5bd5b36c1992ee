import { Plus, Trash2 } from "lucide-react";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { useViewer } from "@/lib/viewer";
import type { FieldType } from "@/modules/events/event-form";
import { sentenceOfValue } from "@/modules/events/problems";
import { ValueField } from "@/modules/events/value-field";
import type { Problem } from "@/modules/scenarios/editor/problems";
import type { KnownEvent } from "@/modules/scenarios/editor/variables";
import { testTexts } from "@/modules/scenarios/testing/messages";
import styles from "@/modules/scenarios/testing/testing.module.css";
import { BLANK, type Extra, type Trial } from "@/modules/scenarios/testing/trial";
import { Button, IconButton } from "@/ui/button";
import { SelectField, TextField } from "@/ui/fields";
import { common } from "@/words/words";

interface Props {
  readonly event: KnownEvent;
  readonly trial: Trial;
  readonly onTrial: (trial: Trial) => void;
  readonly problems: readonly Problem[];
}

/** An occurrence that is typed: whom it is about, where, and its data fields by their declared types. */
export function TypedOccurrence({ event, trial, onTrial, problems }: Props) {
  const { language } = useSurroundings();
  const say = useTexts(testTexts);
  const canSee = useViewer().may("TEST_WITH_OCCURRENCE");
  const problemOf = (field: string) => {
    const found = problems.find((problem) => problem.field === field);
    return found && sentenceOfValue(found, language);
  };
  return (
    <>
      <SelectField
        label={say("who")}
        help={trial.isNobody ? say("nobodyHelp") : say(canSee ? "somebodyHelp" : "unknownHelp")}
        value={trial.isNobody ? "nobody" : "somebody"}
        options={[
          { value: "somebody", label: say("somebody") },
          { value: "nobody", label: say("nobodyNamed") },
        ]}
        onChange={(who) => onTrial({ ...trial, isNobody: who === "nobody" })}
      />
      {!trial.isNobody && (
        <TextField
          label={say("email")}
          type="email"
          maxLength={320}
          value={trial.email}
          onChange={(email) => onTrial({ ...trial, email })}
          problem={problemOf("customerEmail")}
        />
      )}
      <div className={styles.columns}>
        <TextField
          label={say("channel")}
          optional
          value={trial.channel}
          onChange={(channel) => onTrial({ ...trial, channel })}
          problem={problemOf("channel")}
        />
        <TextField
          label={say("url")}
          optional
          type="url"
          value={trial.url}
          onChange={(url) => onTrial({ ...trial, url })}
          problem={problemOf("url")}
        />
      </div>
      {event.dataFields.length > 0 && (
        <fieldset className={styles.stack}>
          <legend className={styles.legend}>{say("fields")}</legend>
          <div className={styles.columns}>
            {event.dataFields.map((field) => (
              <ValueField
                key={field.name}
                field={{ ...field, type: field.type as FieldType }}
                typed={trial.typed[field.name] ?? BLANK}
                onChange={(typed) => onTrial({ ...trial, typed: { ...trial.typed, [field.name]: typed } })}
                problem={problemOf(`dataFields.${field.name}`)}
              />
            ))}
          </div>
        </fieldset>
      )}
      <Extras trial={trial} onTrial={onTrial} />
    </>
  );
}

function Extras({ trial, onTrial }: Pick<Props, "trial" | "onTrial">) {
  const say = useTexts(testTexts);
  const { extras } = trial;
  const set = (now: readonly Extra[]) => onTrial({ ...trial, extras: now });
  const add = () =>
    set([...extras, { key: Math.max(-1, ...extras.map(({ key }) => key)) + 1, name: "", type: "STRING", text: "" }]);
  return (
    <fieldset className={styles.stack}>
      <legend className={styles.legend}>{say("otherFields")}</legend>
      {extras.map((extra) => (
        <ExtraRow
          key={extra.key}
          extra={extra}
          onChange={(now) => set(extras.map((one) => (one.key === now.key ? now : one)))}
          onRemove={() => set(extras.filter((one) => one.key !== extra.key))}
        />
      ))}
      <div>
        <Button size="small" icon={<Plus size={14} aria-hidden />} onClick={add}>
          {say("addField")}
        </Button>
      </div>
    </fieldset>
  );
}

interface ExtraProps {
  readonly extra: Extra;
  readonly onChange: (extra: Extra) => void;
  readonly onRemove: () => void;
}

function ExtraRow({ extra, onChange, onRemove }: ExtraProps) {
  const say = useTexts(testTexts);
  const ofAll = useTexts(common);
  const change = (text: string) => onChange({ ...extra, text });
  return (
    <div className={styles.extra}>
      <TextField
        label={say("fieldName")}
        value={extra.name}
        maxLength={128}
        onChange={(name) => onChange({ ...extra, name })}
      />
      <SelectField
        label={say("fieldType")}
        value={extra.type}
        options={[
          { value: "STRING", label: say("asText") },
          { value: "NUMBER", label: say("asNumber") },
          { value: "BOOLEAN", label: say("asBoolean") },
        ]}
        onChange={(type) => onChange({ ...extra, type })}
      />
      {extra.type === "BOOLEAN" ? (
        <SelectField
          label={say("fieldValue")}
          value={extra.text === "false" ? "false" : "true"}
          options={[
            { value: "true", label: ofAll("yes") },
            { value: "false", label: ofAll("no") },
          ]}
          onChange={change}
        />
      ) : (
        <TextField label={say("fieldValue")} value={extra.text} onChange={change} />
      )}
      <IconButton
        icon={<Trash2 size={16} aria-hidden />}
        label={say("removeField", { name: extra.name })}
        onClick={onRemove}
      />
    </div>
  );
}
