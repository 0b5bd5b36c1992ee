import { Eye } from "lucide-react";
import type { LogRowFragment } from "@/graphql/generated";
import { useSurroundings } from "@/lib/bridge";
import { paths } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { zoneName } from "@/lib/times";
import type { LogState } from "@/modules/log/filters";
import { log } from "@/modules/log/messages";
import { InvocationStatus, Reason } from "@/modules/log/status";
import { Link } from "@/ui/link";
import { Moment } from "@/ui/moment";
import { type Column, Table } from "@/ui/table";
import styles from "./log.module.css";

interface Props {
  readonly rows: readonly LogRowFragment[];
  readonly stale: boolean;
  readonly state: LogState;
}

/** The rows, in the model's own columns. Whose event it is stands there unless the log is one event's. */
export function LogTable({ rows, stale, state }: Props) {
  const say = useTexts(log);
  const columns = useColumns(state).filter((column) => column.key !== "event" || state.scope.event === undefined);
  return <Table caption={say("title")} columns={columns} rows={rows} rowKey={(row) => row.id} stale={stale} />;
}

function useColumns(state: LogState): readonly Column<LogRowFragment>[] {
  const say = useTexts(log);
  const { locale } = useSurroundings();
  return [
    { key: "id", head: say("id"), names: true, width: "1%", cell: (row) => row.number },
    {
      key: "created",
      head: say("created", { zone: zoneName(locale) }),
      cell: (row) => (
        <span className={styles.oneLine}>
          <Moment at={row.createdAt} as="column" />
        </span>
      ),
    },
    {
      key: "email",
      head: say("email"),
      cell: (row) => (
        <div className={styles.named}>
          {row.customerEmail}
          {row.isMerged && <div className={styles.reason}>{say("merged")}</div>}
        </div>
      ),
    },
    {
      key: "event",
      head: say("event"),
      cell: (row) => (
        <div className={styles.named}>
          <Link to={paths.logOfEvent(row.event.number)}>
            {row.event.number} {row.event.name}
          </Link>
        </div>
      ),
    },
    {
      key: "scenario",
      head: say("scenario"),
      cell: (row) => (
        <div className={styles.named}>
          <ScenarioOf row={row} />
        </div>
      ),
    },
    {
      key: "status",
      head: say("status"),
      cell: (row) => (
        <div className={styles.status}>
          <InvocationStatus status={row.status} />
          <Reason code={row.reason} />
        </div>
      ),
    },
    {
      key: "details",
      head: say("details"),
      align: "end",
      width: "1%",
      cell: (row) => (
        <Link
          to={paths.invocation(row.number)}
          state={state}
          className={styles.eye}
          aria-label={say("detailsOf", { number: row.number })}
          title={say("details")}
        >
          <Eye size={18} aria-hidden />
        </Link>
      ),
    },
  ];
}

interface Listening {
  readonly scenarioNumber?: number | null;
  readonly scenarioName: string;
}

/** The scenario as it was called then; a link where it still exists, nothing where none listened. */
export function ScenarioOf({ row }: { readonly row: Listening }) {
  const say = useTexts(log);
  if (!row.scenarioName) return null;
  if (!row.scenarioNumber) return <>{say("deletedScenario", { name: row.scenarioName })}</>;
  return (
    <Link to={paths.scenario(row.scenarioNumber)}>
      {row.scenarioNumber} {row.scenarioName}
    </Link>
  );
}
