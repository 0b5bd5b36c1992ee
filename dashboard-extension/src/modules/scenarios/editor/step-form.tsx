import { useTexts } from "@/lib/texts";
import { type Step, textOf } from "@/modules/scenarios/definition";
import { ActionForm } from "@/modules/scenarios/editor/action-form";
import { ConditionForm } from "@/modules/scenarios/editor/condition-form";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import { SplitForm } from "@/modules/scenarios/editor/split-form";
import { CommentForm, VariableForm } from "@/modules/scenarios/editor/text-forms";
import { WaitForm } from "@/modules/scenarios/editor/wait-form";
import { changed } from "@/modules/scenarios/flow";
import { CodeBlock } from "@/ui/copy";
import { TextField } from "@/ui/fields";

const FORMS = {
  condition: ConditionForm,
  split: SplitForm,
  wait: WaitForm,
  waitUntil: WaitForm,
  waitForTime: WaitForm,
  waitForEvent: WaitForm,
  action: ActionForm,
  setVariable: VariableForm,
  comment: CommentForm,
};

/** The form of one step. A step of a newer release is shown as it is, and kept. */
export function StepForm({ step }: { readonly step: Step }) {
  const { change, problemAt } = useEditor();
  const say = useTexts(formTexts);
  const Form = FORMS[step.type as keyof typeof FORMS];
  if (!Form && step.type !== "exit")
    return (
      <>
        <p>{say("unknownStep")}</p>
        <CodeBlock code={JSON.stringify(step, null, 2)} label={say("stepCode")} />
      </>
    );
  const rename = (label: string) =>
    change((flow) =>
      changed(flow, step.id, ({ label: _, ...rest }) => (label ? { ...rest, label } : rest) as unknown as Step),
    );
  return (
    <>
      {Form && <Form step={step} />}
      <TextField
        label={say("stepName")}
        help={say("stepNameHelp")}
        optional
        maxLength={250}
        value={textOf(step.label)}
        onChange={rename}
        problem={problemAt(step.id, "label")}
      />
    </>
  );
}
