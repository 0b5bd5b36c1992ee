import type { ReactNode } from "react";
import styles from "./customer-card.module.css";

interface Props {
  readonly label?: string;
  readonly onGo: () => void;
  readonly children: ReactNode;
}

/**
 * A link that the dashboard follows. No `<a>`: its address would be that of our page without the dashboard around it, and
 * how the dashboard's own begins nobody tells us.
 */
export function Way({ label, onGo, children }: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    <button type="button" role="link" className={styles.way} aria-label={label} onClick={onGo}>
      {children}
    </button>
  );
}
