import { memo, type PointerEvent, useRef, useState } from "react";
import { useTexts } from "@/lib/texts";
import styles from "@/modules/scenarios/canvas/canvas.module.css";
import type { Picture, Plus, Point } from "@/modules/scenarios/canvas/layout";
import { canvasTexts } from "@/modules/scenarios/canvas/messages";
import { type StepKind, useStepKinds } from "@/modules/scenarios/editor/add-step";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { inserted, newStep } from "@/modules/scenarios/flow";
import type { Line, Place } from "@/modules/scenarios/outline";

interface Props {
  readonly picture: Picture;
  /** The place nearest to a point of the screen, if one is near. */
  readonly plusAt: (point: Point) => Plus | undefined;
  /** Shows which place would take what is dragged. */
  readonly onOver: (plus: Plus | undefined) => void;
}

/** Every kind of step, to be dragged into the picture; pressed, it is added behind what is chosen. */
export const Palette = memo(function Palette({ picture, plusAt, onOver }: Props) {
  const { flow, change, begin, chosen, outline } = useEditor();
  const say = useTexts(canvasTexts);
  const kinds = useStepKinds()();
  /** The place near to a point that takes such a step. */
  const takes = ({ kind }: StepKind, point: Point) => {
    const plus = plusAt(point);
    return plus && (plus.canEnd || kind !== "exit") ? plus : undefined;
  };
  const add = ({ kind, action }: StepKind, place: Place) => {
    const step = newStep(flow, kind, action);
    if (inserted(flow, place, step) === flow) return;
    change((now) => inserted(now, place, step));
    begin(step.id);
  };
  return (
    <ul className={styles.palette} aria-label={say("palette")}>
      {kinds.map((kind) => (
        <li key={kind.key}>
          <PaletteItem
            kind={kind}
            onPress={() => add(kind, placeBehind(picture, chosen, kind.kind === "exit") ?? endOf(outline.line))}
            onOver={(point) => onOver(point && takes(kind, point))}
            onDrop={(point) => {
              const plus = takes(kind, point);
              if (plus) add(kind, plus.place);
            }}
          />
        </li>
      ))}
    </ul>
  );
});

/** Pixels that a pointer moves before it drags. */
const THRESHOLD = 5;

interface ItemProps {
  readonly kind: StepKind;
  readonly onPress: () => void;
  /** While it is dragged: where; undefined once it is not any more. */
  readonly onOver: (point: Point | undefined) => void;
  readonly onDrop: (point: Point) => void;
}

/** By pointer events, and not by the browser's own dragging: that knows no fingers. */
function PaletteItem({ kind, onPress, onOver, onDrop }: ItemProps) {
  const say = useTexts(canvasTexts);
  const [at, setAt] = useState<Point>();
  const from = useRef<Point>();
  const dragged = useRef(false);
  const end = () => {
    from.current = undefined;
    setAt(undefined);
    onOver(undefined);
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    const point = { x: event.clientX, y: event.clientY };
    if (!from.current) return;
    if (!at && Math.hypot(point.x - from.current.x, point.y - from.current.y) < THRESHOLD) return;
    dragged.current = true;
    setAt(point);
    onOver(point);
  };
  return (
    <>
      <button
        type="button"
        className={styles.paletteItem}
        title={kind.help}
        aria-label={say("paletteItem", { title: kind.label })}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          from.current = { x: event.clientX, y: event.clientY };
          dragged.current = false;
        }}
        onPointerMove={move}
        onPointerUp={(event) => {
          if (dragged.current) onDrop({ x: event.clientX, y: event.clientY });
          end();
        }}
        onPointerCancel={end}
        // The click that ends a drag presses nothing; one without a pointer, by a key or a screen reader, has no detail.
        onClick={(event) => (event.detail === 0 || !dragged.current) && onPress()}
      >
        {kind.icon}
        <span>{kind.label}</span>
      </button>
      {at && (
        <div className={styles.ghost} style={{ left: at.x, top: at.y }} aria-hidden>
          {kind.icon} {kind.label}
        </div>
      )}
    </>
  );
}

/** The place right behind a step in its line, where there is one; `ends`: for a step that nothing can follow. */
function placeBehind({ spots }: Picture, id: string | undefined, ends: boolean): Place | undefined {
  const behind = spots.find((spot) => spot.kind === "plus" && spot.after !== undefined && spot.after.step.id === id);
  return behind?.kind === "plus" && (behind.canEnd || !ends) ? behind.place : undefined;
}

/** The end of a line; where nothing can follow, the place before what ends it. */
function endOf({ items, end }: Line): Place {
  const last = items.at(-1);
  return end.kind === "closed" && last ? last.before : end.place;
}
