import { Eye } from "lucide-react";
import type { CustomEventSortField } from "@/graphql/generated";
import { paths } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { Link } from "@/ui/link";
import { Moment } from "@/ui/moment";
import { type Column, Table } from "@/ui/table";
import { Count, Deeds, Id, Logging, Name, Refused, YesNo } from "./event-cells";
import styles from "./event-table.module.css";
import { directionOf, type EventRow, type ListState, type Sorting, sortedBy } from "./list-state";
import { listTexts } from "./messages";
import { UsedIn } from "./used-in";

interface Props {
  readonly rows: readonly EventRow[];
  readonly state: ListState;
  readonly stale: boolean;
  readonly onSort: (sorting: Sorting) => void;
  readonly onRefusals: (row: EventRow) => void;
  readonly onArchive: (row: EventRow) => void;
  readonly onRestore: (row: EventRow) => void;
}

/** The event list. The eye that leads to an event's log stands in the last column. */
export function EventTable({ rows, state, stale, onSort, ...does }: Props) {
  const say = useTexts(listTexts);
  const sorting = (field: CustomEventSortField) => ({
    sorted: directionOf(field, state.sorting),
    onSort: () => onSort(sortedBy(field, state.sorting)),
  });
  const columns: readonly Column<EventRow>[] = [
    { key: "id", head: say("id"), ...sorting("NUMBER"), cell: (row) => <Id row={row} /> },
    {
      key: "name",
      head: say("name"),
      names: true,
      ...sorting("NAME"),
      cell: (row) => <Name row={row} state={state} />,
    },
    {
      key: "description",
      head: say("description"),
      cell: (row) => (
        <span className={styles.description} title={row.description}>
          {row.description}
        </span>
      ),
    },
    { key: "logging", head: say("logging"), cell: (row) => <Logging on={row.logging} /> },
    { key: "public", head: say("public"), cell: (row) => <YesNo yes={row.public} /> },
    { key: "used", head: say("usedIn"), cell: (row) => <UsedIn scenarios={row.scenarios} /> },
    {
      key: "fired",
      head: say("lastFired"),
      ...sorting("LAST_FIRED"),
      cell: (row) =>
        row.lastFiredAt ? (
          <span className={styles.moment}>
            <Moment at={row.lastFiredAt} as="relative" />
          </span>
        ) : (
          <span className={styles.faint}>{say("never")}</span>
        ),
    },
    { key: "day", head: say("lastDay"), align: "end", cell: (row) => <Count of={row.firedInLastDay} /> },
    {
      key: "refused",
      head: <span title={say("refusedHelp")}>{say("refused")}</span>,
      align: "end",
      cell: (row) => <Refused row={row} onOpen={() => does.onRefusals(row)} />,
    },
    {
      key: "actions",
      head: say("actions"),
      hideHead: true,
      cell: (row) => <Deeds row={row} state={state} {...does} />,
    },
    {
      key: "log",
      head: say("log"),
      cell: (row) => (
        <Link
          to={paths.logOfEvent(row.number)}
          className={styles.icon}
          aria-label={say("logOf", { name: row.name })}
          title={say("log")}
        >
          <Eye size={18} aria-hidden />
        </Link>
      ),
    },
  ];
  return (
    <Table
      caption={say("caption")}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      stale={stale}
      isFaint={(row) => row.archivedAt !== null}
    />
  );
}
