import { useTexts } from "@/lib/texts";
import { type Step, textOf } from "@/modules/scenarios/definition";
import { DurationField } from "@/modules/scenarios/editor/duration-field";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import { changed } from "@/modules/scenarios/flow";

/** How long an invocation is held. */
export function WaitForm({ step }: { readonly step: Step }) {
  const { change, problemAt } = useEditor();
  const say = useTexts(formTexts);
  return (
    <DurationField
      label={say("duration")}
      value={textOf(step.duration)}
      onChange={(duration) => change((flow) => changed(flow, step.id, (one) => ({ ...one, duration })))}
      problem={problemAt(step.id, "duration")}
    />
  );
}
