import type { DragEvent } from "react";
import { useTexts } from "@/lib/texts";
import styles from "@/modules/scenarios/canvas/canvas.module.css";
import type { Picture } from "@/modules/scenarios/canvas/layout";
import { canvasTexts } from "@/modules/scenarios/canvas/messages";
import { useStepKinds } from "@/modules/scenarios/editor/add-step";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { inserted, type NewStep, newStep } from "@/modules/scenarios/flow";
import type { Place } from "@/modules/scenarios/outline";

interface Kind {
  readonly kind: NewStep;
  readonly action?: string;
}

/** What is being dragged: the browser tells it only when it is dropped, and we ask sooner. */
let dragged: Kind | undefined;
const TYPE = "application/x-custom-events-step";

/** The kind of step that is dragged over something; undefined where it is something else. */
export function draggedKind(event: DragEvent): Kind | undefined {
  return event.dataTransfer.types.includes(TYPE) ? dragged : undefined;
}

/** Every kind of step, to be dragged into the picture; pressed, it is added behind what is selected. */
export function Palette({ picture }: { readonly picture: Picture }) {
  const { flow, change, lead, chosen, outline } = useEditor();
  const say = useTexts(canvasTexts);
  const kinds = useStepKinds();
  const add = ({ kind, action }: Kind) => {
    const step = newStep(flow, kind, action);
    const place = placeBehind(picture, chosen, outline.line.end.place);
    if (inserted(flow, place, step) === flow) return;
    change((now) => inserted(now, place, step));
    lead(step.id);
  };
  return (
    <ul className={styles.palette} aria-label={say("palette")}>
      {kinds.map(({ key, kind, action, label, help, icon }) => (
        <li key={key}>
          <button
            type="button"
            draggable
            className={styles.paletteItem}
            title={help}
            aria-label={say("paletteItem", { title: label })}
            onDragStart={(event) => {
              dragged = { kind, ...(action && { action }) };
              event.dataTransfer.setData(TYPE, key);
              event.dataTransfer.effectAllowed = "copy";
            }}
            onClick={() => add({ kind, ...(action && { action }) })}
          >
            {icon}
            <span>{label}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The place right behind a step in its line, else the end of the scenario. */
function placeBehind({ spots }: Picture, id: string | undefined, end: Place): Place {
  const behind = spots.find((spot) => spot.kind === "plus" && spot.after !== undefined && spot.after.step.id === id);
  return behind?.kind === "plus" ? behind.place : end;
}
