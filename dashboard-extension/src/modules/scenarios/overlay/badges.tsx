import styles from "@/modules/scenarios/overlay/badges.module.css";
import { useOverlay } from "@/modules/scenarios/overlay/overlay-context";
import { Pill } from "@/ui/pill";

/** What lies over a part of the flow, in a row; nothing where nothing does. */
export function Badges({ part }: { readonly part: string }) {
  const { overlay } = useOverlay();
  const badges = overlay?.parts.get(part)?.badges ?? [];
  if (!badges.length) return null;
  return (
    <ul className={`${styles.badges} nodrag nopan`}>
      {badges.map(({ key, hue, text, title, onChoose }) => (
        <li key={key}>
          {onChoose ? (
            <button
              type="button"
              className={styles.badge}
              aria-label={named(text, title)}
              title={title}
              onClick={onChoose}
            >
              <Pill hue={hue}>{text}</Pill>
            </button>
          ) : (
            <span title={title}>
              <Pill hue={hue}>
                <span aria-hidden>{text}</span>
                <span className="sce-hidden">{title}</span>
              </Pill>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What is seen is said as well: whoever speaks to the page calls a button by what stands on it. */
function named(text: string, title: string): string {
  return title.includes(text) ? title : `${text}: ${title}`;
}

/** Attributes of a part's element that say how it stands under the overlay. */
export function useMarked(part: string): {
  readonly "data-mark"?: string;
  readonly "data-back"?: true;
  readonly "data-current"?: true;
} {
  const { overlay } = useOverlay();
  const mark = overlay?.parts.get(part);
  return {
    ...(mark?.hue && { "data-mark": mark.hue }),
    ...(overlay?.dims && !mark && { "data-back": true }),
    ...(overlay?.current === part && { "data-current": true }),
  };
}
