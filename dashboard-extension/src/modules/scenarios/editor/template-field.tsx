import { Braces } from "lucide-react";
import { useRef } from "react";
import { useTexts } from "@/lib/texts";
import type { Step } from "@/modules/scenarios/definition";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import { templateNames } from "@/modules/scenarios/editor/names";
import { useWorld } from "@/modules/scenarios/editor/use-world";
import { withVariable } from "@/modules/scenarios/editor/variables";
import { IconButton } from "@/ui/button";
import { TextArea, TextField } from "@/ui/fields";
import { Finder } from "@/ui/finder";

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

/** A text in which values can be named (Liquid), with a list of those that there are: one comes where the caret is. */
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
  const say = useTexts(formTexts);
  const world = useWorld();
  const title = say("insertInto", { label });
  return (
    <Finder
      label={title}
      items={() => templateNames(world, step.id)}
      onChoose={onChoose}
      button={({ ref, wiring }) => (
        <IconButton ref={ref} {...wiring} label={title} icon={<Braces size={16} aria-hidden />} variant="secondary" />
      )}
    />
  );
}
