import { ChevronDown, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import styles from "@/modules/scenarios/testing/testing.module.css";

interface Props {
  /** Its place in the order of the test. */
  readonly order?: number;
  readonly title: string;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  /** How it comes out. */
  readonly children: ReactNode;
}

/** One line of what came of a test: choosing it tells more, and brings the part into view. */
export function EntryHead({ order, title, isOpen, onToggle, children }: Props) {
  const Icon = isOpen ? ChevronDown : ChevronRight;
  return (
    <div className={styles.stepHead}>
      <button type="button" className={styles.entry} aria-expanded={isOpen} onClick={onToggle}>
        <Icon size={14} aria-hidden />
        {order !== undefined && <span className={styles.order}>{order}</span>}
        <span className={styles.entryTitle}>{title}</span>
      </button>
      {children}
    </div>
  );
}
