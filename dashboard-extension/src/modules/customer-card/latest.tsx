import type { CustomerCardQuery } from "@/graphql/generated";
import { openInDashboard } from "@/lib/bridge";
import { paths } from "@/lib/paths";
import { useTexts } from "@/lib/texts";
import { InvocationStatus, Reason } from "@/modules/log/status";
import { Moment } from "@/ui/moment";
import styles from "./customer-card.module.css";
import { card } from "./messages";
import { Way } from "./way";

type Row = NonNullable<CustomerCardQuery["customEventInvocations"]>["edges"][number]["node"];

/** The newest rows of the customer's log, each with a way to its details. */
export function Latest({ rows }: { readonly rows: readonly Row[] }) {
  const say = useTexts(card);
  if (!rows.length)
    return (
      <p className={styles.empty}>
        <strong>{say("empty")}</strong>
        <br />
        {say("emptyText")}
      </p>
    );
  return (
    <ul className={styles.rows} aria-label={say("latest")}>
      {rows.map((row) => (
        <li key={row.id} className={styles.row}>
          <div className={styles.first}>
            <Way
              label={`${row.event.name}: ${say("open", { number: row.number })}`}
              onGo={() => openInDashboard(paths.invocation(row.number))}
            >
              {row.event.name}
            </Way>
            <span className={styles.when}>
              <Moment at={row.createdAt} as="relative" />
            </span>
          </div>
          <div className={styles.scenario}>
            {row.scenarioName || say("noScenario")}
            {row.isMerged && ` · ${say("merged")}`}
          </div>
          <div className={styles.status}>
            <InvocationStatus status={row.status} />
            <Reason code={row.reason} />
          </div>
        </li>
      ))}
    </ul>
  );
}
