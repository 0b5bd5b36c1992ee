import { Handle, type Node, type NodeProps, type NodeTypes, Position } from "@xyflow/react";
import { CircleAlert, CircleHelp, Flag, Zap } from "lucide-react";
import { createContext, memo, type ReactNode, useContext, useMemo } from "react";
import { type Language, useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { arrowsOf } from "@/modules/scenarios/arrows";
import styles from "@/modules/scenarios/canvas/canvas.module.css";
import type { Branch, Picture, Spot } from "@/modules/scenarios/canvas/layout";
import { canvasTexts } from "@/modules/scenarios/canvas/messages";
import { usePartTitle } from "@/modules/scenarios/canvas/use-part-title";
import { AddMenu } from "@/modules/scenarios/editor/add-step";
import { type Editor, spotId, useEditor } from "@/modules/scenarios/editor/editor-context";
import { useKnownEvent } from "@/modules/scenarios/editor/event-field";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import { eventOf } from "@/modules/scenarios/editor/step-card";
import { STEP_ICONS } from "@/modules/scenarios/editor/step-icons";
import { Badges, useMarked } from "@/modules/scenarios/overlay/badges";
import { branchTitle, conditionText, kindText, stepDetail, stepTitle } from "@/modules/scenarios/summary";
import { Pill } from "@/ui/pill";

/** A node of the picture: where it stands is React Flow's, what it is is ours. */
export type SpotNode = Node;
type Of<Kind extends Spot["kind"]> = Extract<Spot, { kind: Kind }>;

const SpotsContext = createContext<ReadonlyMap<string, Spot>>(new Map());

/**
 * Around React Flow: what its nodes show. Not in the nodes, which stay the same ones as long as nothing moves: whoever
 * types a letter in a form would have React Flow look at all of them, and at all lines.
 */
export function SpotsProvider({ picture, children }: { readonly picture: Picture; readonly children: ReactNode }) {
  const spots = useMemo(() => new Map(picture.spots.map((spot) => [spot.id, spot])), [picture]);
  return <SpotsContext.Provider value={spots}>{children}</SpotsContext.Provider>;
}

/** A node's spot; undefined in the moment in which it has gone and its node has not. */
function useSpot<Kind extends Spot["kind"]>(id: string, kind: Kind): Of<Kind> | undefined {
  const spot = useContext(SpotsContext).get(id);
  return spot?.kind === kind ? (spot as Of<Kind>) : undefined;
}

/** Lines come from above and go on below; nobody draws them by hand. */
const Handles = memo(function Handles({
  above = true,
  below = true,
}: {
  readonly above?: boolean;
  readonly below?: boolean;
}) {
  return (
    <>
      {above && <Handle type="target" position={Position.Top} isConnectable={false} className={styles.handle} />}
      {below && <Handle type="source" position={Position.Bottom} isConnectable={false} className={styles.handle} />}
    </>
  );
});

/** What lies over a spot, on its lower edge: buttons stand in no other button. */
const Beside = memo(function Beside({ part }: { readonly part: string }) {
  return (
    <div className={styles.badges}>
      <Badges part={part} />
    </div>
  );
});

function StepSpot({ id }: NodeProps<SpotNode>) {
  const spot = useSpot(id, "step");
  return spot ? <OfStep spot={spot} /> : null;
}

function OfStep({ spot: { step, item } }: { readonly spot: Of<"step"> }) {
  const { actions, events, numbers, chosen, shown, lead } = useEditor();
  const marked = useMarked(step.id);
  const { language } = useSurroundings();
  const event = eventOf(step, actions);
  const title = stepTitle(step, language, actions);
  const kind = kindText(step, language, actions);
  const detail = stepDetail(step, language, actions, (of) => events.get(of)?.name);
  return (
    <>
      {event !== undefined && !events.has(event) && <Meet event={event} />}
      <Handles below={arrowsOf(step).length > 0} />
      <StepFace
        id={step.id}
        type={step.type}
        number={numbers.get(step.id) ?? 0}
        title={title}
        kind={kind === title ? "" : kind}
        detail={detail}
        wrong={shown.filter((problem) => problem.part === step.id).length}
        isLost={!item}
        isChosen={chosen === step.id}
        {...marked}
        lead={lead}
      />
      <Beside part={step.id} />
    </>
  );
}

/** Asks for an event that nobody has met yet. */
function Meet({ event }: { readonly event: number }) {
  useKnownEvent(event);
  return null;
}

interface FaceProps extends ReturnType<typeof useMarked> {
  readonly id: string;
  readonly type: string;
  readonly number: number;
  readonly title: string;
  readonly kind: string;
  readonly detail: string;
  readonly wrong: number;
  readonly isLost: boolean;
  readonly isChosen: boolean;
  readonly lead: Editor["lead"];
}

/** What a step says of itself, drawn anew only where that differs: pictures of eighty steps are typed beside. */
const StepFace = memo(function StepFace(face: FaceProps) {
  const { id, type, number, title, kind, detail, wrong, isLost, isChosen, lead, ...marked } = face;
  const say = useTexts(editorTexts);
  const Icon = STEP_ICONS[type] ?? CircleHelp;
  return (
    <button
      type="button"
      id={spotId(id)}
      className={styles.step}
      data-wrong={wrong > 0 || undefined}
      data-lost={isLost || undefined}
      {...marked}
      aria-pressed={isChosen}
      title={[title, kind, detail].filter(Boolean).join("\n")}
      onClick={() => lead(id)}
    >
      <span className={styles.icon}>
        <Icon size={16} aria-hidden />
      </span>
      <span className={styles.words}>
        <span className={styles.title}>
          <span className={styles.number}>{number}.</span> {title}
        </span>
        <span className={styles.detail}>{detail || kind}</span>
      </span>
      {wrong > 0 && (
        <span className={styles.wrong}>
          <Pill hue="error">{say("problemCount", { count: wrong })}</Pill>
        </span>
      )}
    </button>
  );
});

function StartSpot({ id }: NodeProps<SpotNode>) {
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

function PlusSpot({ id }: NodeProps<SpotNode>) {
  const spot = useSpot(id, "plus");
  const { readOnly } = useEditor();
  const { language } = useSurroundings();
  const branch = spot?.of && { step: spot.of.step, branch: branchName(spot.of, language) };
  return (
    <>
      <Handles />
      <div className={`${styles.plus} nodrag nopan`} data-add data-plus={id}>
        {!readOnly && spot && (
          <AddMenu place={spot.place} canEnd={spot.canEnd} before={spot.before} after={spot.after} of={branch} />
        )}
      </div>
    </>
  );
}

function EndSpot({ id }: NodeProps<SpotNode>) {
  const end = useSpot(id, "end")?.end;
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
export function branchName({ step, way }: Branch, language: Language): string {
  return branchTitle(step, arrowsOf(step)[way]?.port ?? way, language);
}

export const SPOTS: NodeTypes = { start: StartSpot, step: StepSpot, plus: PlusSpot, end: EndSpot };
