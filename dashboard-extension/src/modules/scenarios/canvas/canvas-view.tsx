import "@xyflow/react/dist/base.css";
import { ReactFlow, ReactFlowProvider, useReactFlow } from "@xyflow/react";
import { type DragEvent, useEffect, useRef } from "react";
import { useTexts } from "@/lib/texts";
import styles from "@/modules/scenarios/canvas/canvas.module.css";
import { type Picture, STEP } from "@/modules/scenarios/canvas/layout";
import { canvasTexts } from "@/modules/scenarios/canvas/messages";
import { draggedKind, Palette } from "@/modules/scenarios/canvas/palette";
import { SPOTS } from "@/modules/scenarios/canvas/spots";
import { Toolbar } from "@/modules/scenarios/canvas/toolbar";
import { usePicture } from "@/modules/scenarios/canvas/use-picture";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import { inserted, newStep } from "@/modules/scenarios/flow";

const FIT = { padding: 0.15, maxZoom: 1 } as const;

/** The scenario as a picture: the same flow and the same edits as the list. */
export default function CanvasView() {
  return (
    <ReactFlowProvider>
      <Canvas />
    </ReactFlowProvider>
  );
}

function Canvas() {
  const { flow, change, lead, readOnly } = useEditor();
  const say = useTexts(canvasTexts);
  const ofEditor = useTexts(editorTexts);
  const { screenToFlowPosition } = useReactFlow();
  const { picture, nodes, edges, nearestTo, catchAt, ...dragging } = usePicture();
  useInView(picture);
  const plusAt = (event: DragEvent) => nearestTo(screenToFlowPosition({ x: event.clientX, y: event.clientY }));
  const over = (event: DragEvent) => {
    if (readOnly || !draggedKind(event)) return;
    event.preventDefault();
    catchAt(plusAt(event));
  };
  const drop = (event: DragEvent) => {
    const kind = draggedKind(event);
    const plus = plusAt(event);
    catchAt(undefined);
    if (readOnly || !kind || !plus) return;
    event.preventDefault();
    const step = newStep(flow, kind.kind, kind.action);
    const whole = inserted(flow, plus.place, step);
    if (whole === flow) return;
    change((now) => inserted(now, plus.place, step));
    lead(step.id);
  };
  return (
    <section aria-label={ofEditor("steps")} className={styles.canvas}>
      <Toolbar />
      <div className={styles.board}>
        {!readOnly && <Palette picture={picture} />}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the keyboard adds by the buttons inside */}
        <div className={styles.paper} onDragOver={over} onDragLeave={() => catchAt(undefined)} onDrop={drop}>
          <ReactFlow
            nodes={nodes}
            edges={edges}
            nodeTypes={SPOTS}
            {...dragging}
            fitView
            fitViewOptions={FIT}
            minZoom={0.1}
            maxZoom={1.5}
            nodeDragThreshold={5}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            deleteKeyCode={null}
            panOnScroll
            disableKeyboardA11y
          />
        </div>
      </div>
      {!readOnly && <p className={styles.hint}>{say("hint")}</p>}
    </section>
  );
}

/** Brings what has just been opened into view, where it is not. */
function useInView(picture: Picture) {
  const { chosen: part } = useEditor();
  const flow = useReactFlow();
  const shown = useRef<string>();
  useEffect(() => {
    if (part === shown.current) return;
    const spot = picture.spots.find(({ id }) => id === part);
    shown.current = part;
    const element = document.querySelector(`.${styles.paper}`);
    if (!spot || !element) return;
    const frame = element.getBoundingClientRect();
    const corner = flow.flowToScreenPosition(spot.at);
    const end = flow.flowToScreenPosition({ x: spot.at.x + STEP.width, y: spot.at.y + STEP.height });
    const isIn = corner.x >= frame.left && corner.y >= frame.top && end.x <= frame.right && end.y <= frame.bottom;
    const middle = { x: spot.at.x + STEP.width / 2, y: spot.at.y + STEP.height / 2 };
    if (!isIn) flow.setCenter(middle.x, middle.y, { zoom: Math.max(flow.getZoom(), 0.6) });
  }, [part, picture, flow]);
}
