import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import styles from "./tabs.module.css";

export interface Tab {
  readonly key: string;
  readonly label: ReactNode;
  readonly content: ReactNode;
}

/** Tabs after WAI-ARIA's pattern: arrow keys, Home and End move between them, and the chosen one shows at once. */
export function Tabs({
  label,
  tabs,
  initial,
  chosen: given,
  onChoose,
}: {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly initial?: string;
  /** Where something else than a press may choose: the tab that is shown, and what is told of a press. */
  readonly chosen?: string;
  readonly onChoose?: (key: string) => void;
}) {
  const id = useId();
  const [own, setOwn] = useState(initial ?? tabs[0]?.key);
  const chosen = given ?? own;
  const choose = onChoose ?? setOwn;
  const buttons = useRef(new Map<string, HTMLButtonElement>());
  const current = tabs.find((tab) => tab.key === chosen) ?? tabs[0];

  const move = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.key === current?.key);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    const next = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    choose(next.key);
    buttons.current.get(next.key)?.focus();
  };

  if (!current) return null;
  return (
    <div className={styles.tabs}>
      <div role="tablist" aria-label={label} className={styles.list} onKeyDown={move}>
        {tabs.map((tab) => (
          <button
            key={tab.key}
            ref={(button) => {
              if (button) buttons.current.set(tab.key, button);
            }}
            type="button"
            role="tab"
            id={`${id}-${tab.key}`}
            aria-controls={`${id}-panel`}
            aria-selected={tab === current}
            tabIndex={tab === current ? 0 : -1}
            className={styles.tab}
            onClick={() => choose(tab.key)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${current.key}`}
        tabIndex={0}
        className={styles.panel}
      >
        {current.content}
      </div>
    </div>
  );
}
