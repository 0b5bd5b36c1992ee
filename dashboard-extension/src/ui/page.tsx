import { ArrowLeft } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { useTexts } from "@/lib/texts";
import { IconButton } from "@/ui/button";
import { common } from "@/words/words";
import styles from "./page.module.css";

interface Props {
  readonly title: string;
  /** Beside the title: a status, a number. */
  readonly beside?: ReactNode;
  /** One line below the title. */
  readonly subtitle?: ReactNode;
  /** At the right end; the page's first deed stands last. */
  readonly actions?: ReactNode;
  readonly onBack?: () => void;
  readonly children: ReactNode;
}

/** A page as the dashboard's own: a title row, then what it is about. */
export function Page({ title, beside, subtitle, actions, onBack, children }: Props) {
  const say = useTexts(common);
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        {onBack && (
          <IconButton
            icon={<ArrowLeft size={18} aria-hidden />}
            label={say("back")}
            variant="secondary"
            onClick={onBack}
          />
        )}
        <div className={styles.titles}>
          <div className={styles.titleRow}>
            <h1 className={styles.title}>{title}</h1>
            {beside}
          </div>
          {subtitle && <div className={styles.subtitle}>{subtitle}</div>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </main>
  );
}

/** The bar at the bottom of a page that is edited: what takes away at the left, what keeps at the right. */
export function SaveBar({ start, children }: { readonly start?: ReactNode; readonly children: ReactNode }) {
  return (
    <footer className={styles.saveBar}>
      <div className={styles.saveStart}>{start}</div>
      {children}
    </footer>
  );
}

/** Filters and search between title and table. */
export function Toolbar({ children, label }: { readonly children: ReactNode; readonly label: string }) {
  return (
    <search className={styles.toolbar} aria-label={label}>
      {children}
    </search>
  );
}
