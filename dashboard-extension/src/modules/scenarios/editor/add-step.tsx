import { Plus } from "lucide-react";
import { useLabel, useTexts } from "@/lib/texts";
import type { Step } from "@/modules/scenarios/definition";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import styles from "@/modules/scenarios/editor/flow.module.css";
import type { Of } from "@/modules/scenarios/editor/flow-view";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import { STEP_ICONS } from "@/modules/scenarios/editor/step-icons";
import { inserted, type NewStep, newStep } from "@/modules/scenarios/flow";
import { stepWords } from "@/modules/scenarios/messages";
import type { Item, Place } from "@/modules/scenarios/outline";
import { Menu, type MenuItem } from "@/ui/menu";

interface Props {
  readonly place: Place;
  /** What stands below and above it in its line, and whose branch that is. */
  readonly before?: Step;
  readonly after?: Item;
  readonly of?: Of;
  /** Nothing follows here: the invocation may end. */
  readonly canEnd?: boolean;
}

/** The engine's own steps. */
const OWN = ["condition", "split", "wait", "setVariable", "comment", "exit"] as const;

/** Puts a step at one place of the flow. */
export function AddStep({ place, before, after, of, canEnd = false }: Props) {
  const { flow, change, lead, actions, readOnly } = useEditor();
  const say = useTexts(editorTexts);
  const ofSteps = useTexts(stepWords);
  const labelOf = useLabel();
  const label = usePlaceLabel({ place, before, after, of });
  if (readOnly) return <div className={styles.link} aria-hidden />;

  const add = (kind: NewStep, action?: string) => () => {
    const step = newStep(flow, kind, action);
    change((now) => inserted(now, place, step));
    lead(step.id);
  };
  const items: MenuItem[] = [
    ...actions.map((action) => ({
      key: action.name,
      label: labelOf(action.label),
      help: labelOf(action.help),
      icon: <StepIcon of="action" />,
      onChoose: add("action", action.name),
    })),
    ...OWN.filter((kind) => canEnd || kind !== "exit").map((kind) => ({
      key: kind,
      label: ofSteps(kind),
      help: say(`${kind}Help`),
      icon: <StepIcon of={kind} />,
      onChoose: add(kind),
    })),
  ];
  return (
    <div className={styles.link} data-add>
      <Menu label={label} icon={<Plus size={14} aria-hidden />} variant="secondary" items={items} />
    </div>
  );
}

function StepIcon({ of }: { readonly of: string }) {
  const Icon = STEP_ICONS[of] ?? Plus;
  return <Icon size={14} aria-hidden />;
}

function usePlaceLabel({ place, before, after, of }: Props): string {
  const { flow, numbers } = useEditor();
  const say = useTexts(editorTexts);
  const number = (step: Step) => numbers.get(step.id) ?? 0;
  if (!flow.steps.length) return say("addFirst");
  if (after && after.lines.length > 0 && place.arrows.length > 1)
    return say("addAfterBranches", { number: number(after.step) });
  if (before) return say("addBefore", { number: number(before) });
  return of ? say("addAtBranchEnd", { branch: of.branch }) : say("addAtEnd");
}
