import { Handle, type Node, type NodeProps, type NodeTypes, Position } from "@xyflow/react";
import { CircleAlert, CircleHelp, Flag, Zap } from "lucide-react";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { arrowsOf } from "@/modules/scenarios/arrows";
import styles from "@/modules/scenarios/canvas/canvas.module.css";
import type { Branch, Spot } from "@/modules/scenarios/canvas/layout";
import { canvasTexts } from "@/modules/scenarios/canvas/messages";
import { usePartTitle } from "@/modules/scenarios/canvas/use-part-title";
import { AddMenu } from "@/modules/scenarios/editor/add-step";
import { spotId, useEditor } from "@/modules/scenarios/editor/editor-context";
import { useKnownEvent } from "@/modules/scenarios/editor/event-field";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import { eventOf } from "@/modules/scenarios/editor/step-card";
import { STEP_ICONS } from "@/modules/scenarios/editor/step-icons";
import { Badges, useMarked } from "@/modules/scenarios/overlay/badges";
import { branchTitle, conditionText, kindText, stepDetail, stepTitle } from "@/modules/scenarios/summary";
import { Pill } from "@/ui/pill";

/** A node of the picture: where it stands is React Flow's, what it is is ours. */
export type SpotNode = Node<{ readonly spot: Spot }>;
type Of<Kind extends Spot["kind"]> = Extract<Spot, { kind: Kind }>;

/** Lines come from above and go on below; nobody draws them by hand. */
function Handles({ above = true, below = true }: { readonly above?: boolean; readonly below?: boolean }) {
  return (
    <>
      {above && <Handle type="target" position={Position.Top} isConnectable={false} className={styles.handle} />}
      {below && <Handle type="source" position={Position.Bottom} isConnectable={false} className={styles.handle} />}
    </>
  );
}

/** What lies over a spot, on its lower edge: buttons stand in no other button. */
function Beside({ part }: { readonly part: string }) {
  return (
    <div className={styles.badges}>
      <Badges part={part} />
    </div>
  );
}

function StepSpot({ data }: NodeProps<SpotNode>) {
  const { step } = data.spot as Of<"step">;
  const { actions, events, numbers, chosen, shown, lead } = useEditor();
  const marked = useMarked(step.id);
  const { language } = useSurroundings();
  const say = useTexts(editorTexts);
  useKnownEvent(eventOf(step, actions));
  const title = stepTitle(step, language, actions);
  const kind = kindText(step, language, actions);
  const detail = stepDetail(step, language, actions, (of) => events.get(of)?.name);
  const number = numbers.get(step.id) ?? 0;
  const wrong = shown.filter((problem) => problem.part === step.id).length;
  const Icon = STEP_ICONS[step.type] ?? CircleHelp;
  return (
    <>
      <Handles below={arrowsOf(step).length > 0} />
      <button
        type="button"
        id={spotId(step.id)}
        className={styles.step}
        data-wrong={wrong > 0 || undefined}
        data-lost={!(data.spot as Of<"step">).item || undefined}
        {...marked}
        aria-pressed={chosen === step.id}
        title={[title, kind === title ? "" : kind, detail].filter(Boolean).join("\n")}
        onClick={() => lead(step.id)}
      >
        <span className={styles.icon}>
          <Icon size={16} aria-hidden />
        </span>
        <span className={styles.words}>
          <span className={styles.title}>
            <span className={styles.number}>{number}.</span> {title}
          </span>
          <span className={styles.detail}>{detail || (kind === title ? "" : kind)}</span>
        </span>
        {wrong > 0 && (
          <span className={styles.wrong}>
            <Pill hue="error">{say("problemCount", { count: wrong })}</Pill>
          </span>
        )}
      </button>
      <Beside part={step.id} />
    </>
  );
}

function StartSpot({ data }: NodeProps<SpotNode>) {
  const { id } = data.spot as Of<"start">;
  const { flow, chosen, shown, lead } = useEditor();
  const marked = useMarked(id);
  const { language } = useSurroundings();
  const say = useTexts(canvasTexts);
  const start = flow.starts.find((one) => one.id === id);
  const event = useKnownEvent(typeof start?.event === "number" ? start.event : undefined);
  const titleOf = usePartTitle();
  const isWrong = shown.some((problem) => problem.part === id);
  return (
    <>
      <button
        type="button"
        id={spotId(id)}
        className={styles.step}
        data-start
        {...marked}
        data-wrong={isWrong || undefined}
        aria-pressed={chosen === id}
        onClick={() => lead(id)}
      >
        <span className={styles.icon}>
          <Zap size={16} aria-hidden />
        </span>
        <span className={styles.words}>
          <span className={styles.number}>{titleOf(id)}</span>
          <span className={styles.title}>{event?.name ?? say("noEvent")}</span>
          <span className={styles.detail}>{start?.filter ? conditionText(start.filter, language) : ""}</span>
        </span>
        {isWrong && <CircleAlert size={16} aria-hidden className={styles.wrong} />}
      </button>
      <Beside part={id} />
      <Handles above={false} />
    </>
  );
}

function PlusSpot({ data }: NodeProps<SpotNode>) {
  const { id, place, before, after, of, canEnd } = data.spot as Of<"plus">;
  const { readOnly } = useEditor();
  const name = useBranchName();
  const branch = of && { step: of.step, branch: name(of) };
  return (
    <>
      <Handles />
      <div className={`${styles.plus} nodrag nopan`} data-add data-plus={id}>
        {!readOnly && <AddMenu place={place} canEnd={canEnd} {...{ before, after, of: branch }} />}
      </div>
    </>
  );
}

function EndSpot({ data }: NodeProps<SpotNode>) {
  const { end } = data.spot as Of<"end">;
  const say = useTexts(canvasTexts);
  return (
    <>
      <Handles below={false} />
      <p className={styles.end} data-wrong={end === "lost" || undefined}>
        <Flag size={14} aria-hidden /> {say(end === "lost" ? "lost" : "ends")}
      </p>
    </>
  );
}

/** How a way on from a fork is called. */
export function useBranchName(): (branch: Branch) => string {
  const { language } = useSurroundings();
  return ({ step, way }) => branchTitle(step, arrowsOf(step)[way]?.port ?? way, language);
}

export const SPOTS: NodeTypes = { start: StartSpot, step: StepSpot, plus: PlusSpot, end: EndSpot };
