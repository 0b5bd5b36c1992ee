import "@xyflow/react/dist/base.css";
import { ReactFlow, ReactFlowProvider, useReactFlow, type Viewport } from "@xyflow/react";
import { type RefObject, useEffect, useRef } from "react";
import { useTexts } from "@/lib/texts";
import styles from "@/modules/scenarios/canvas/canvas.module.css";
import { type Picture, STEP } from "@/modules/scenarios/canvas/layout";
import { canvasTexts } from "@/modules/scenarios/canvas/messages";
import { Palette } from "@/modules/scenarios/canvas/palette";
import { SPOTS } from "@/modules/scenarios/canvas/spots";
import { Toolbar } from "@/modules/scenarios/canvas/toolbar";
import { usePicture } from "@/modules/scenarios/canvas/use-picture";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { editorTexts } from "@/modules/scenarios/editor/messages";

/** How close one is at first: near enough to read. */
const CLOSE = { least: 0.7, most: 1 } as const;
/** Pixels above the start points. */
const ABOVE = 20;

/** The scenario as a picture: the same flow and the same edits as the list. */
export default function CanvasView() {
  return (
    <ReactFlowProvider>
      <Canvas />
    </ReactFlowProvider>
  );
}

function Canvas() {
  const { readOnly } = useEditor();
  const say = useTexts(canvasTexts);
  const ofEditor = useTexts(editorTexts);
  const { screenToFlowPosition } = useReactFlow();
  const { picture, nodes, edges, nearestTo, catchAt, ...dragging } = usePicture();
  const paper = useRef<HTMLDivElement>(null);
  useInView(picture, paper);
  return (
    <section aria-label={ofEditor("steps")} className={styles.canvas}>
      <Toolbar />
      <div className={styles.board}>
        {!readOnly && (
          <Palette
            picture={picture}
            plusAt={(point) => nearestTo(screenToFlowPosition(point))}
            onOver={(plus) => catchAt(plus)}
          />
        )}
        <div ref={paper} className={styles.paper}>
          <ReactFlow
            nodes={nodes}
            edges={edges}
            nodeTypes={SPOTS}
            {...dragging}
            onInit={(flow) => paper.current && flow.setViewport(firstView(picture, paper.current))}
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

/** The start points above in the middle, as much beside and below them as can still be read. */
function firstView({ spots }: Picture, paper: HTMLElement): Viewport {
  const left = Math.min(...spots.map(({ at }) => at.x));
  const right = Math.max(...spots.map(({ at }) => at.x)) + STEP.width;
  const zoom = Math.min(CLOSE.most, Math.max(CLOSE.least, paper.clientWidth / (right - left + STEP.width / 4)));
  return { x: paper.clientWidth / 2, y: ABOVE, zoom };
}

/** Brings what has just been opened into view, where it is not. */
function useInView(picture: Picture, paper: RefObject<HTMLElement>) {
  const { chosen: part } = useEditor();
  const flow = useReactFlow();
  const shown = useRef<string>();
  useEffect(() => {
    if (part === shown.current) return;
    const spot = picture.spots.find(({ id }) => id === part);
    shown.current = part;
    if (!spot || !paper.current) return;
    const frame = paper.current.getBoundingClientRect();
    const corner = flow.flowToScreenPosition(spot.at);
    const end = flow.flowToScreenPosition({ x: spot.at.x + STEP.width, y: spot.at.y + STEP.height });
    const isIn = corner.x >= frame.left && corner.y >= frame.top && end.x <= frame.right && end.y <= frame.bottom;
    const middle = { x: spot.at.x + STEP.width / 2, y: spot.at.y + STEP.height / 2 };
    if (!isIn) flow.setCenter(middle.x, middle.y, { zoom: Math.max(flow.getZoom(), 0.6) });
  }, [part, picture, flow, paper]);
}
