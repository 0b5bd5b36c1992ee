import { useTexts } from "@/lib/texts";
import { type Step, textOf } from "@/modules/scenarios/definition";
import { DurationField } from "@/modules/scenarios/editor/duration-field";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import { useSet } from "@/modules/scenarios/editor/use-set";
import { WaitForEventForm } from "@/modules/scenarios/editor/wait-for-event-form";
import { WaitForTimeForm } from "@/modules/scenarios/editor/wait-for-time-form";
import { WaitUntilForm } from "@/modules/scenarios/editor/wait-until-form";
import { retyped, WAITS, type WaitKind } from "@/modules/scenarios/flow";
import { useConfirm } from "@/ui/confirm";
import { SelectField } from "@/ui/fields";

const FORMS = {
  wait: WaitDuration,
  waitUntil: WaitUntilForm,
  waitForTime: WaitForTimeForm,
  waitForEvent: WaitForEventForm,
};

/** What a wait waits for, and the form of that. */
export function WaitForm({ step }: { readonly step: Step }) {
  const { flow, change } = useEditor();
  const say = useTexts(formTexts);
  const ofEditor = useTexts(editorTexts);
  const confirm = useConfirm();
  const kind = step.type as WaitKind;
  const Form = FORMS[kind];
  const choose = async (chosen: WaitKind) => {
    const count = flow.steps.length - retyped(flow, step.id, chosen).steps.length;
    const text = ofEditor("removeText", { count });
    const asked = { title: say("otherWaitTitle"), text, yes: ofEditor("remove"), critical: true };
    if (count === 0 || (await confirm(asked))) change((now) => retyped(now, step.id, chosen));
  };
  return (
    <>
      <div className={styles.half}>
        <SelectField
          label={say("waitKindLabel")}
          value={kind}
          options={WAITS.map((one) => ({ value: one, label: say(`${one}Kind`) }))}
          onChange={choose}
        />
      </div>
      <Form step={step} />
    </>
  );
}

function WaitDuration({ step }: { readonly step: Step }) {
  const { problemAt } = useEditor();
  const say = useTexts(formTexts);
  const set = useSet(step);
  return (
    <DurationField
      label={say("duration")}
      value={textOf(step.duration)}
      onChange={(duration) => set({ duration })}
      problem={problemAt(step.id, "duration")}
    />
  );
}
