import { Braces } from "lucide-react";
import { useRef } from "react";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import type { Step } from "@/modules/scenarios/definition";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import { originsOf, templateNames, withVariable } from "@/modules/scenarios/editor/variables";
import { TextArea, TextField } from "@/ui/fields";
import { Menu } from "@/ui/menu";

interface Props {
  readonly label: string;
  readonly help?: string;
  readonly optional?: boolean;
  readonly hideLabel?: boolean;
  readonly problem?: string;
  readonly step: Step;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Many lines. */
  readonly block?: boolean;
  readonly html?: boolean;
}

/** A text in which values can be named (Liquid), with a list of those that there are. */
export function TemplateField({ step, block = false, html = false, onChange, ...about }: Props) {
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const put = (name: string) => {
    const at = field.current;
    const from = at?.selectionStart ?? about.value.length;
    const { text, caret } = withVariable(about.value, name, from, at?.selectionEnd ?? from);
    onChange(text);
    requestAnimationFrame(() => {
      at?.focus();
      at?.setSelectionRange(caret, caret);
    });
  };
  return (
    <div className={styles.template}>
      <div className={styles.grow}>
        {block ? (
          <TextArea {...about} areaRef={field} mono={html} rows={5} onChange={onChange} />
        ) : (
          <TextField {...about} inputRef={field} onChange={onChange} />
        )}
      </div>
      <Variables step={step} label={about.label} onChoose={put} />
    </div>
  );
}

interface VariablesProps {
  readonly step: Step;
  readonly label: string;
  readonly onChoose: (name: string) => void;
}

function Variables({ step, label, onChoose }: VariablesProps) {
  const { flow, events } = useEditor();
  const { language } = useSurroundings();
  const say = useTexts(formTexts);
  const names = templateNames(flow, events, step.id);
  const origins = originsOf(flow, events);
  const labelOf = (name: string) => {
    const origin = origins.get(name);
    return origin ? say(origin, { name }) : name;
  };
  const heads = {
    dataFields: "dataFields",
    customer: "customer",
    occurrence: "occurrence",
    event: "event",
    steps: "results",
    variables: "variables",
  } as const;
  const items = (Object.keys(heads) as (keyof typeof heads)[]).flatMap((group) =>
    names[group].map((name, at) => ({
      key: name,
      label: labelOf(name),
      group: at === 0 ? say(heads[group]) : undefined,
      onChoose: () => onChoose(name),
    })),
  );
  return (
    <Menu
      key={language}
      label={say("insertInto", { label })}
      icon={<Braces size={16} aria-hidden />}
      variant="secondary"
      items={items}
    />
  );
}
