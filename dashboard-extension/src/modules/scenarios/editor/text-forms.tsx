import { useTexts } from "@/lib/texts";
import { type Step, textOf } from "@/modules/scenarios/definition";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import { TemplateField } from "@/modules/scenarios/editor/template-field";
import { useSet } from "@/modules/scenarios/editor/use-set";
import { TextArea, TextField } from "@/ui/fields";

interface Props {
  readonly step: Step;
}

/** A variable's name and its text. */
export function VariableForm({ step }: Props) {
  const { problemAt } = useEditor();
  const say = useTexts(formTexts);
  const set = useSet(step);
  return (
    <>
      <div className={styles.half}>
        <TextField
          label={say("variableName")}
          help={say("variableNameHelp")}
          maxLength={64}
          value={textOf(step.name)}
          onChange={(name) => set({ name })}
          problem={problemAt(step.id, "name")}
        />
      </div>
      <TemplateField
        label={say("variableValue")}
        step={step}
        value={textOf(step.value)}
        onChange={(value) => set({ value })}
        problem={problemAt(step.id, "value")}
      />
    </>
  );
}

/** What a comment says. */
export function CommentForm({ step }: Props) {
  const { problemAt } = useEditor();
  const say = useTexts(formTexts);
  const set = useSet(step);
  return (
    <TextArea
      label={say("comment")}
      rows={4}
      maxLength={2000}
      value={textOf(step.text)}
      onChange={(text) => set({ text })}
      problem={problemAt(step.id, "text")}
    />
  );
}
