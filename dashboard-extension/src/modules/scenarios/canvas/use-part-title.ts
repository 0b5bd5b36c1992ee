import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { stepOf } from "@/modules/scenarios/definition";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import { stepTitle } from "@/modules/scenarios/summary";

/** What a part of the scenario is called: `Step 3: Send e-mail`, `Start point: Custom event`. */
export function usePartTitle(): (part: string) => string {
  const { flow, numbers, actions } = useEditor();
  const { language } = useSurroundings();
  const say = useTexts(editorTexts);
  return (part) => {
    const step = stepOf(flow, part);
    if (step) return say("stepLabel", { number: numbers.get(part) ?? 0, title: stepTitle(step, language, actions) });
    const at = flow.starts.findIndex(({ id }) => id === part);
    return flow.starts.length > 1 ? say("startNumber", { number: at + 1 }) : say("startTitle");
  };
}
