import { useSurroundings } from "@/lib/bridge";
import { plainNumber } from "@/lib/times";
import styles from "./events.module.css";

interface Props {
  readonly count: number;
  /** What pressing it does, with whose firings they are. */
  readonly label: string;
  readonly help: string;
  readonly onOpen: () => void;
}

/** How many firings were refused: of an event, or with a key. It leads to why. */
export function RefusedCount({ count, label, help, onOpen }: Props) {
  const { locale } = useSurroundings();
  if (!count) return <>0</>;
  return (
    <button type="button" className={styles.refused} aria-label={label} title={help} onClick={onOpen}>
      {plainNumber(count, locale)}
    </button>
  );
}
