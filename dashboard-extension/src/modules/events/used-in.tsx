import { useState } from "react";
import { paths } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { Link } from "@/ui/link";
import { common } from "@/words/words";
import styles from "./event-table.module.css";
import type { EventRow } from "./list-state";
import { listTexts } from "./messages";

/** How many scenarios are named before the others are asked for. */
const NAMED = 2;

/** The scenarios that start from an event. */
export function UsedIn({ scenarios }: Pick<EventRow, "scenarios">) {
  const [all, setAll] = useState(false);
  const say = useTexts(listTexts);
  const sayCommon = useTexts(common);
  if (!scenarios.length) return <span className={styles.faint}>{sayCommon("none")}</span>;
  // One more fits where the button would stand.
  const shown = all || scenarios.length <= NAMED + 1 ? scenarios : scenarios.slice(0, NAMED);
  return (
    <span className={styles.used}>
      {shown.map((scenario) => (
        <Link key={scenario.id} to={paths.scenario(scenario.number)}>
          {scenario.name}
        </Link>
      ))}
      {shown.length < scenarios.length && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {say("more", { count: scenarios.length - shown.length })}
        </button>
      )}
    </span>
  );
}
