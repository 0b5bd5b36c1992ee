import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { plainNumber } from "@/lib/times";
import { retrying } from "@/modules/log/details-texts/messages";
import { replaying } from "./messages";
import styles from "./replay.module.css";

interface Props {
  /** By the code of the refusal. */
  readonly counts: readonly { readonly name: string; readonly count: number }[];
}

/** What could not be run again, and why, in sentences. */
export function LeftOut({ counts }: Props) {
  const say = useTexts(replaying);
  const sayRetrying = useTexts(retrying);
  const { locale } = useSurroundings();
  return (
    <ul className={styles.list}>
      {counts.map(({ name, count }) => (
        <li key={name}>
          {say("leftOutRow", {
            count,
            number: plainNumber(count, locale),
            reason: name in retrying.en ? sayRetrying(name as "LIMIT") : "",
          })}{" "}
          <code className={styles.code}>{name}</code>
        </li>
      ))}
    </ul>
  );
}
