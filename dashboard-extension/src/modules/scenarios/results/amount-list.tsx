import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { plainNumber } from "@/lib/times";
import { resultTexts } from "@/modules/scenarios/results/messages";
import styles from "@/modules/scenarios/results/results.module.css";

export interface Line {
  readonly key: string;
  readonly what: string;
  /** A reason's sentence, and its code small beside it. */
  readonly why?: string;
  readonly code?: string;
  readonly count: number;
  readonly inLog: number;
  readonly share?: string;
  readonly onChoose: () => void;
}

/** How many of what, one a line; each number leads to its rows in the log, where the log has them. */
export function AmountList({ amounts }: { readonly amounts: readonly Line[] }) {
  const say = useTexts(resultTexts);
  const { locale } = useSurroundings();
  return (
    <ul className={styles.amounts}>
      {amounts.map(({ key, what, why, code, count, inLog, share, onChoose }) => {
        const number = plainNumber(count, locale);
        return (
          <li key={key} className={styles.amount}>
            <span className={styles.what}>
              {what}
              {why && <span className={styles.why}>{why}</span>}
              {code && <code className={styles.code}>{code}</code>}
            </span>
            <span className={styles.number}>
              {inLog > 0 ? (
                <button
                  type="button"
                  className={styles.look}
                  aria-label={say("inLog", { what: [what, why].filter(Boolean).join(": "), count: number })}
                  onClick={onChoose}
                >
                  {number}
                </button>
              ) : (
                <span title={count ? say("noneInLog") : undefined}>{number}</span>
              )}
              {share && <span className={styles.share}>{share}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
