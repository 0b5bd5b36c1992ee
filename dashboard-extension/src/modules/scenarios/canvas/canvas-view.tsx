import "@xyflow/react/dist/base.css";
import { ReactFlow, ReactFlowProvider, useReactFlow, type Viewport } from "@xyflow/react";
import { type RefObject, useCallback, useEffect, useRef } from "react";
import { useTexts } from "@/lib/texts";
import styles from "@/modules/scenarios/canvas/canvas.module.css";
import { type Picture, type Point, STEP, sizeOf } from "@/modules/scenarios/canvas/layout";
import { canvasTexts } from "@/modules/scenarios/canvas/messages";
import { Palette } from "@/modules/scenarios/canvas/palette";
import { SPOTS, SpotsProvider } from "@/modules/scenarios/canvas/spots";
import { Toolbar } from "@/modules/scenarios/canvas/toolbar";
import { usePicture } from "@/modules/scenarios/canvas/use-picture";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { editorTexts } from "@/modules/scenarios/editor/messages";

/** How close one is at first: near enough to read. */
const CLOSE = { least: 0.7, most: 1 } as const;
/** How close one comes at least to what is brought into view. */
const LEAST = 0.6;
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
  const plusAt = useCallback(
    (point: Point) => nearestTo(screenToFlowPosition(point)),
    [nearestTo, screenToFlowPosition],
  );
  const paper = useRef<HTMLDivElement>(null);
  const show = useInView(picture, paper);
  return (
    <section aria-label={ofEditor("steps")} className={styles.canvas}>
      <Toolbar />
      <div className={styles.board}>
        {!readOnly && <Palette picture={picture} plusAt={plusAt} onOver={catchAt} />}
        <div ref={paper} className={styles.paper}>
          <SpotsProvider picture={picture}>
            <ReactFlow
              aria-label={say("canvas")}
              onFocus={({ target }) => isByKeys(target) && show(partOf(target))}
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
          </SpotsProvider>
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

/** Gives what brings a spot into view where it is not; what has just been opened comes by itself. */
function useInView(picture: Picture, paper: RefObject<HTMLElement>) {
  const { chosen } = useEditor();
  const flow = useReactFlow();
  const shown = useRef<string>();
  const show = (part: string | undefined) => {
    const spot = picture.spots.find(({ id }) => id === part);
    if (!spot || !paper.current) return;
    const { width, height } = sizeOf(spot);
    const frame = paper.current.getBoundingClientRect();
    const corner = flow.flowToScreenPosition(spot.at);
    const end = flow.flowToScreenPosition({ x: spot.at.x + width, y: spot.at.y + height });
    const isIn = corner.x >= frame.left && corner.y >= frame.top && end.x <= frame.right && end.y <= frame.bottom;
    const zoom = Math.max(flow.getZoom(), LEAST);
    if (!isIn) flow.setCenter(spot.at.x + width / 2, spot.at.y + height / 2, { zoom });
  };
  useEffect(() => {
    if (chosen !== shown.current) show(chosen);
    shown.current = chosen;
  });
  return show;
}

function isByKeys(element: Element): boolean {
  return element.matches(":focus-visible");
}

/** The spot in which an element of the picture stands. */
function partOf(element: Element): string | undefined {
  return element.closest<HTMLElement>(".react-flow__node")?.dataset.id;
}
