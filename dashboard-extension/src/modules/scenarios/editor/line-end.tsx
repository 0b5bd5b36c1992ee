import { CornerDownRight, Flag } from "lucide-react";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { stepOf } from "@/modules/scenarios/definition";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import styles from "@/modules/scenarios/editor/flow.module.css";
import type { Of } from "@/modules/scenarios/editor/flow-view";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import { possibleTargets, redirected } from "@/modules/scenarios/flow";
import type { Line } from "@/modules/scenarios/outline";
import { stepTitle } from "@/modules/scenarios/summary";
import { SelectField } from "@/ui/fields";

interface Props {
  readonly end: Line["end"];
  readonly of?: Of;
  readonly isEmpty: boolean;
}

const ENDS = "";

/** Says how a line ends; a branch may end here, or go on with a step that stands elsewhere. */
export function LineEnd({ end, of, isEmpty }: Props) {
  const { flow, change, readOnly } = useEditor();
  const say = useTexts(editorTexts);
  const told = useEndText();
  if (end.kind === "closed" || (!of && isEmpty)) return null;
  const { arrows, target } = end.place;
  const isOdd = end.kind === "lost" || end.kind === "elsewhere";
  const targets = of || isOdd ? possibleTargets(flow, arrows) : [];
  if (readOnly || (!targets.length && end.kind !== "lost"))
    return (
      <p className={styles.end}>
        {target === null ? <Flag size={14} aria-hidden /> : <CornerDownRight size={14} aria-hidden />}
        {target === null && !of ? say("flowEnd") : told(target)}
      </p>
    );
  const options = [ENDS, ...targets.map((step) => step.id), ...(end.kind === "lost" ? [target ?? ""] : [])];
  return (
    <div className={styles.end}>
      <SelectField
        label={of ? say("nextOf", { branch: of.branch }) : say("next")}
        hideLabel
        value={target ?? ENDS}
        options={options.map((id) => ({ value: id, label: told(id || null) }))}
        onChange={(id) => change((now) => redirected(now, arrows, id || null))}
      />
    </div>
  );
}

function useEndText(): (target: string | null) => string {
  const { flow, numbers, actions } = useEditor();
  const { language } = useSurroundings();
  const say = useTexts(editorTexts);
  return (target) => {
    if (target === null) return say("endsHere");
    const step = stepOf(flow, target);
    if (!step) return say("lostEnd");
    return say("goesOn", { number: numbers.get(target) ?? 0, title: stepTitle(step, language, actions) });
  };
}
