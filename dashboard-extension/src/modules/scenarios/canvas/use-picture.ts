import { type Edge, MarkerType, useNodesState } from "@xyflow/react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type Language, useSurroundings } from "@/lib/bridge";
import styles from "@/modules/scenarios/canvas/canvas.module.css";
import { relocated } from "@/modules/scenarios/canvas/fragment";
import { type Picture, PLUS, type Plus, type Point, pictureOf, STEP, sizeOf } from "@/modules/scenarios/canvas/layout";
import { branchName, type SpotNode } from "@/modules/scenarios/canvas/spots";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { linkKey, type Overlay, takenLinks, wayKey } from "@/modules/scenarios/overlay/overlay";
import { useOverlay } from "@/modules/scenarios/overlay/overlay-context";

/** Pixels, at a zoom of one, from which a step is caught by a place. */
const CATCH = 90;

/** The flow as React Flow's nodes and edges, and what comes of dragging one of them. */
export function usePicture() {
  const { flow, outline, change, readOnly } = useEditor();
  const picture = useMemo(() => pictureOf(flow, outline), [flow, outline]);
  const placed = useSteady(useMemo(() => nodesOf(picture, readOnly), [picture, readOnly]));
  const edges = useEdges(picture);
  const [nodes, setNodes, onNodesChange] = useNodesState<SpotNode>(placed);
  const [caught, setCaught] = useState<string>();
  useEffect(() => setNodes(placed), [placed, setNodes]);

  const nearest = (at: Point) => nearestPlus(picture, { x: at.x + STEP.width / 2, y: at.y });
  const nearestTo = useCallback((at: Point) => nearestPlus(picture, at), [picture]);
  const catchAt = useCallback((plus: Plus | undefined) => setCaught(plus?.id), []);
  return {
    picture,
    nodes: useMemo(
      () => nodes.map((node) => (node.id === caught ? { ...node, className: styles.caught } : node)),
      [nodes, caught],
    ),
    edges,
    onNodesChange,
    nearestTo,
    catchAt,
    onNodeDrag: (_: unknown, node: SpotNode) => setCaught(nearest(node.position)?.id),
    onNodeDragStop: (_: unknown, node: SpotNode) => {
      const plus = nearest(node.position);
      setCaught(undefined);
      setNodes(placed);
      if (plus) change((now) => relocated(now, node.id, plus.place));
    },
  };
}

const EMPTY = {};

/** The same parts as before where they say the same, and all of them where none differs: React Flow does nothing then. */
function useSteady<Part extends { readonly id: string }>(parts: Part[]): Part[] {
  const before = useRef<Part[]>([]);
  return useMemo(() => {
    const known = new Map(before.current.map((part) => [part.id, part]));
    const now = parts.map((part) => {
      const old = known.get(part.id);
      return old && JSON.stringify(old) === JSON.stringify(part) ? old : part;
    });
    const isSame = now.length === before.current.length && now.every((part, at) => part === before.current[at]);
    if (!isSame) before.current = now;
    return before.current;
  }, [parts]);
}

function nodesOf({ spots }: Picture, readOnly: boolean): SpotNode[] {
  return spots.map((spot) => ({
    id: spot.id,
    type: spot.kind,
    position: spot.at,
    data: EMPTY,
    // What has not been measured is hidden until it is: all of it would be for a moment, at every letter typed.
    measured: sizeOf(spot),
    draggable: spot.kind === "step" && spot.item !== undefined && !readOnly,
    selectable: false,
    // React Flow lets the pointer through what cannot be dragged or selected: our buttons are in there.
    style: { pointerEvents: "all" },
    ...(spot.kind === "plus" ? { zIndex: 1 } : {}),
  }));
}

function useEdges(picture: Picture): Edge[] {
  const { language } = useSurroundings();
  const { overlay } = useOverlay();
  return useSteady(useMemo(() => edgesOf(picture, overlay, language), [picture, overlay, language]));
}

function edgesOf(picture: Picture, overlay: Overlay | undefined, language: Language): Edge[] {
  const taken = overlay && takenLinks(picture, overlay);
  return picture.links.map(({ from, to, branch, aside }) => {
    const text = branch && overlay?.ways.get(wayKey(from, branch.way))?.text;
    const isTaken = taken?.has(linkKey(from, to));
    const look = [
      aside ? styles.aside : styles.link,
      isTaken && styles.taken,
      overlay?.dims && !isTaken && styles.back,
    ];
    return {
      id: linkKey(from, to),
      source: from,
      target: to,
      type: "smoothstep",
      className: look.filter(Boolean).join(" "),
      ...(branch
        ? {
            ...NAMED,
            label: told(shortened(branchName(branch, language), text ? SHORTER : LONGEST), text),
            ariaLabel: told(branchName(branch, language), text),
          }
        : UNNAMED),
      ...(aside && { markerEnd: { type: MarkerType.ArrowClosed } }),
    };
  });
}

function told(name: string, text: string | undefined): string {
  return text ? `${name} · ${text}` : name;
}

/** What a screen reader is told of lines: the names of ways, and nothing of the others. */
const NAMED = { labelShowBg: true, domAttributes: { "aria-roledescription": undefined } };
const UNNAMED = { domAttributes: { "aria-hidden": true } };

/** Characters of a way's name beside its line; all of it stands in the step. */
const LONGEST = 34;
/** The same where something is told of the way as well: two ways lie side by side. */
const SHORTER = 13;

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

function nearestPlus({ spots }: Picture, { x, y }: Point): Plus | undefined {
  let best: { plus: Plus; distance: number } | undefined;
  for (const spot of spots) {
    if (spot.kind !== "plus") continue;
    const distance = Math.hypot(spot.at.x + PLUS / 2 - x, spot.at.y + PLUS / 2 - y);
    if (distance <= CATCH && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { plus: spot, distance };
  }
  return best?.plus;
}
