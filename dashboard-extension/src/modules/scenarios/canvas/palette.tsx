import { type PointerEvent, useRef, useState } from "react";
import { useTexts } from "@/lib/texts";
import styles from "@/modules/scenarios/canvas/canvas.module.css";
import type { Picture, Plus, Point } from "@/modules/scenarios/canvas/layout";
import { canvasTexts } from "@/modules/scenarios/canvas/messages";
import { type StepKind, useStepKinds } from "@/modules/scenarios/editor/add-step";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { inserted, newStep } from "@/modules/scenarios/flow";
import type { Place } from "@/modules/scenarios/outline";

interface Props {
  readonly picture: Picture;
  /** The place nearest to a point of the screen, if one is near. */
  readonly plusAt: (point: Point) => Plus | undefined;
  /** Shows which place would take what is dragged. */
  readonly onOver: (plus: Plus | undefined) => void;
}

/** Every kind of step, to be dragged into the picture; pressed, it is added behind what is chosen. */
export function Palette({ picture, plusAt, onOver }: Props) {
  const { flow, change, lead, chosen, outline } = useEditor();
  const say = useTexts(canvasTexts);
  const kinds = useStepKinds();
  const add = ({ kind, action }: StepKind, place: Place) => {
    const step = newStep(flow, kind, action);
    if (inserted(flow, place, step) === flow) return;
    change((now) => inserted(now, place, step));
    lead(step.id);
  };
  return (
    <ul className={styles.palette} aria-label={say("palette")}>
      {kinds.map((kind) => (
        <li key={kind.key}>
          <PaletteItem
            kind={kind}
            onPress={() => add(kind, placeBehind(picture, chosen, outline.line.end.place))}
            onOver={(point) => onOver(point && plusAt(point))}
            onDrop={(point) => {
              const plus = plusAt(point);
              if (plus) add(kind, plus.place);
            }}
          />
        </li>
      ))}
    </ul>
  );
}

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
        // The click that ends a drag presses nothing.
        onClick={() => !dragged.current && onPress()}
        onKeyDown={() => {
          dragged.current = false;
        }}
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

/** The place right behind a step in its line, else the end of the scenario. */
function placeBehind({ spots }: Picture, id: string | undefined, end: Place): Place {
  const behind = spots.find((spot) => spot.kind === "plus" && spot.after !== undefined && spot.after.step.id === id);
  return behind?.kind === "plus" ? behind.place : end;
}
