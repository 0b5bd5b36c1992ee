import { ClipboardPaste, Plus } from "lucide-react";
import { memo, useCallback, useRef } from "react";
import { useSurroundings } from "@/lib/bridge";
import { useLabel, useTexts } from "@/lib/texts";
import { pasted } from "@/modules/scenarios/canvas/fragment";
import type { Step } from "@/modules/scenarios/definition";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import styles from "@/modules/scenarios/editor/flow.module.css";
import type { Of } from "@/modules/scenarios/editor/flow-view";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import { STEP_ICONS } from "@/modules/scenarios/editor/step-icons";
import { inserted, type NewStep, newStep } from "@/modules/scenarios/flow";
import { stepWords } from "@/modules/scenarios/messages";
import type { Item, Place } from "@/modules/scenarios/outline";
import { stepTitle } from "@/modules/scenarios/summary";
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
export function AddStep(props: Props) {
  const { readOnly } = useEditor();
  if (readOnly) return <div className={styles.link} aria-hidden />;
  return (
    <div className={styles.link} data-add>
      <AddMenu {...props} />
    </div>
  );
}

/** The button with all that can be put at a place. */
export function AddMenu({ place, before, after, of, canEnd = false }: Props) {
  const { flow, change, begin } = useEditor();
  const label = usePlaceLabel({ place, before, after, of });
  const paste = usePaste(place);
  const kinds = useStepKinds();
  const items = useLatest((): readonly MenuItem[] => [
    ...paste(),
    ...kinds()
      .filter(({ kind }) => canEnd || kind !== "exit")
      .map(({ kind, action, ...shown }) => ({
        ...shown,
        onChoose: () => {
          const step = newStep(flow, kind, action);
          change((now) => inserted(now, place, step));
          begin(step.id);
        },
      })),
  ]);
  return <SteadyMenu label={label} icon={PLUS} variant="secondary" items={items} />;
}

/** A picture has a hundred of them: at a letter that is typed somewhere else, none is drawn anew. */
const SteadyMenu = memo(Menu);
const PLUS = <Plus size={14} aria-hidden />;

/** A function that stays the same one, and does what the latest would do. */
function useLatest<Result>(latest: () => Result): () => Result {
  const kept = useRef(latest);
  kept.current = latest;
  return useCallback(() => kept.current(), []);
}

export interface StepKind extends Pick<MenuItem, "key" | "label" | "help" | "icon"> {
  readonly kind: NewStep;
  readonly action?: string;
}

/** Gives every kind of step that can be added: the store's actions, then the engine's own. */
export function useStepKinds(): () => readonly StepKind[] {
  const { actions } = useEditor();
  const say = useTexts(editorTexts);
  const ofSteps = useTexts(stepWords);
  const labelOf = useLabel();
  return () => [
    ...actions.map(({ name, label, help }) => ({
      key: name,
      kind: "action" as const,
      action: name,
      label: labelOf(label),
      help: labelOf(help),
      icon: <StepIcon of="action" />,
    })),
    ...OWN.map((kind) => ({
      key: kind,
      kind,
      label: ofSteps(kind),
      help: say(`${kind}Help`),
      icon: <StepIcon of={kind} />,
    })),
  ];
}

/** Putting what was copied at a place, in this scenario or another; nothing where it does not fit. */
function usePaste(place: Place): () => readonly MenuItem[] {
  const { flow, change, lead, copied, actions } = useEditor();
  const { language } = useSurroundings();
  const say = useTexts(editorTexts);
  return () => {
    const [first] = copied?.steps ?? [];
    const done = copied && pasted(flow, place, copied);
    if (!copied || !first || !done) return [];
    const item = {
      key: "paste",
      label: say("paste", { title: stepTitle(first, language, actions) }),
      help: say("pasteHelp", { count: copied.steps.length }),
      icon: <ClipboardPaste size={14} aria-hidden />,
      onChoose: () => {
        change((now) => pasted(now, place, copied)?.flow ?? now);
        lead(done.first);
      },
    };
    return [item];
  };
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
