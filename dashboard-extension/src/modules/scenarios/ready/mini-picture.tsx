import { CircleHelp, Zap } from "lucide-react";
import { useMemo } from "react";
import { type Point, pictureOf, sizeOf } from "@/modules/scenarios/canvas/layout";
import type { Flow } from "@/modules/scenarios/definition";
import { STEP_ICONS } from "@/modules/scenarios/editor/step-icons";
import { outlineOf } from "@/modules/scenarios/outline";
import styles from "@/modules/scenarios/ready/ready.module.css";

/** Of the picture's own pixels, around it. */
const MARGIN = 20;
const ICON = 48;

/** The shape of a flow, too small to be read: the same layout as the picture in the editor. For the eye alone. */
export function MiniPicture({ flow }: { readonly flow: Flow }) {
  const { spots, links, box } = useMemo(() => drawn(flow), [flow]);
  return (
    <svg viewBox={box} className={styles.mini} aria-hidden="true" focusable="false">
      {links.map(({ key, from, to }) => (
        <path key={key} d={`M${from.x} ${from.y}V${(from.y + to.y) / 2}H${to.x}V${to.y}`} className={styles.miniLine} />
      ))}
      {spots.map(({ id, type, at, width, height }) => {
        const Icon = type === "start" ? Zap : (STEP_ICONS[type] ?? CircleHelp);
        return (
          <g key={id} data-type={type}>
            <rect x={at.x} y={at.y} width={width} height={height} rx={16} className={styles.miniStep} />
            <Icon
              x={at.x + (width - ICON) / 2}
              y={at.y + (height - ICON) / 2}
              width={ICON}
              height={ICON}
              className={styles.miniIcon}
            />
          </g>
        );
      })}
    </svg>
  );
}

function drawn(flow: Flow) {
  const picture = pictureOf(flow, outlineOf(flow));
  const places = new Map(picture.spots.map((spot) => [spot.id, { at: spot.at, ...sizeOf(spot), spot }]));
  const all = [...places.values()];
  const left = Math.min(...all.map(({ at }) => at.x)) - MARGIN;
  const top = Math.min(...all.map(({ at }) => at.y)) - MARGIN;
  const right = Math.max(...all.map(({ at, width }) => at.x + width)) + MARGIN;
  const bottom = Math.max(...all.map(({ at, height }) => at.y + height)) + MARGIN;
  const spots = all.flatMap(({ spot, at, width, height }) =>
    spot.kind === "step" || spot.kind === "start"
      ? [{ id: spot.id, type: spot.kind === "step" ? spot.step.type : "start", at, width, height }]
      : [],
  );
  const links = picture.links.flatMap(({ from, to, aside }) => {
    const [one, other] = [places.get(from), places.get(to)];
    if (!one || !other || aside) return [];
    return [{ key: `${from} ${to}`, from: end(one, one.height), to: end(other, 0) }];
  });
  return { spots, links, box: `${left} ${top} ${right - left} ${bottom - top}` };
}

function end({ at, width }: { readonly at: Point; readonly width: number }, below: number): Point {
  return { x: at.x + width / 2, y: at.y + below };
}
