import type { ReactNode } from "react";
import styles from "./pill.module.css";

export type Hue = "error" | "success" | "info" | "warning" | "neutral";

/** A status, as the dashboard shows one. The word says it; the colour only helps. */
export function Pill({
  hue,
  children,
  title,
}: {
  readonly hue: Hue;
  readonly children: ReactNode;
  readonly title?: string;
}) {
  return (
    <span className={styles.pill} data-hue={hue} title={title}>
      {children}
    </span>
  );
}
