import { useLabel, useTexts } from "@/lib/texts";
import { isMembers, type Json, type Step, textOf } from "@/modules/scenarios/definition";
import { DurationField } from "@/modules/scenarios/editor/duration-field";
import { type Setting, useEditor } from "@/modules/scenarios/editor/editor-context";
import { EntriesField } from "@/modules/scenarios/editor/entries-field";
import { EventField } from "@/modules/scenarios/editor/event-field";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import { TemplateField } from "@/modules/scenarios/editor/template-field";
import { Checkbox, SelectField, TextField } from "@/ui/fields";

interface Props {
  readonly step: Step;
  readonly setting: Setting;
  /** As it is written; undefined: left out. */
  readonly value: Json | undefined;
  readonly onChange: (value: Json | undefined) => void;
}

/** The ID in what was pasted: the address of a voucher's page has it. */
export function voucherIn(text: string): string {
  const found = /\/vouchers\/([^/?#\s]+)/.exec(text);
  try {
    return found?.[1] ? decodeURIComponent(found[1]) : text;
  } catch {
    return text;
  }
}

/** One setting of an action, by its kind. What is emptied and not required is left out: it has its default then. */
export function SettingField({ step, setting, value, onChange }: Props) {
  const { problemAt } = useEditor();
  const labelOf = useLabel();
  const say = useTexts(formTexts);
  const member = `config.${setting.name}`;
  const shown = value === undefined ? (setting.default as Json | undefined) : value;
  const text = textOf(shown);
  const over = text.length - setting.maxLength;
  const about = {
    label: labelOf(setting.label),
    help: setting.help ? labelOf(setting.help) : undefined,
    optional: !setting.required,
    problem: problemAt(step.id, member) ?? (over > 0 ? say("tooLong", { count: over }) : undefined),
  };
  const setText = (next: string) => onChange(next === "" && !setting.required ? undefined : next);
  switch (setting.input) {
    case "BOOLEAN":
      return <Checkbox label={about.label} help={about.help} checked={shown === true} onChange={onChange} />;
    case "EVENT":
      return (
        <EventField
          {...about}
          value={typeof shown === "number" ? shown : undefined}
          onChange={(event) => onChange(event?.number)}
        />
      );
    case "CHOICE":
      return (
        <SelectField
          {...about}
          value={text}
          options={[
            ...(text && !setting.required ? [] : [{ value: "", label: say("chooseNone") }]),
            ...setting.choices.map((choice) => ({ value: choice.value, label: labelOf(choice.label) })),
          ]}
          onChange={setText}
        />
      );
    case "DURATION":
      return <DurationField {...about} value={text} onChange={setText} canBeEmpty={!setting.required} />;
    case "HEADERS":
    case "TEMPLATE_MAP":
      return (
        <EntriesField
          {...about}
          step={step}
          member={member}
          value={isMembers(shown) ? shown : {}}
          onChange={onChange}
        />
      );
    case "TEMPLATE":
    case "TEMPLATE_BLOCK":
      return (
        <TemplateField
          {...about}
          step={step}
          value={text}
          onChange={setText}
          block={setting.input === "TEMPLATE_BLOCK"}
          html={setting.isHtml}
        />
      );
    case "VOUCHER":
      return <TextField {...about} value={text} onChange={(next) => setText(voucherIn(next))} />;
    default:
      return <TextField {...about} type={setting.input === "URL" ? "url" : "text"} value={text} onChange={setText} />;
  }
}
