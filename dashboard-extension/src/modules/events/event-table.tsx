import { Archive, ArchiveRestore, Eye, Pencil } from "lucide-react";
import type { CustomEventSortField } from "@/graphql/generated";
import { useSurroundings } from "@/lib/bridge";
import { paths } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { plainNumber } from "@/lib/times";
import { useViewer } from "@/lib/viewer";
import { IconButton } from "@/ui/button";
import { CopyValue } from "@/ui/copy";
import { Link } from "@/ui/link";
import { Moment } from "@/ui/moment";
import { Pill } from "@/ui/pill";
import { type Column, Table } from "@/ui/table";
import { common } from "@/words/words";
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

/** Where counting ends on the server: it stands for that or more. */
const COUNTED = 10_000;

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

function Id({ row }: { readonly row: EventRow }) {
  const say = useTexts(listTexts);
  return <CopyValue value={String(row.number)} label={say("copyId", { number: row.number })} />;
}

function Name({ row, state }: { readonly row: EventRow; readonly state: ListState }) {
  const say = useTexts(listTexts);
  return (
    <span className={styles.name}>
      <Link to={paths.event(row.number)} state={state}>
        {row.name}
      </Link>
      <span className={styles.slug}>
        <code>{row.slug}</code>
        {row.archivedAt && <Pill hue="neutral">{say("archivedPill")}</Pill>}
      </span>
    </span>
  );
}

function Logging({ on }: { readonly on: boolean }) {
  const say = useTexts(listTexts);
  return <Pill hue={on ? "success" : "neutral"}>{say(on ? "on" : "off")}</Pill>;
}

function YesNo({ yes }: { readonly yes: boolean }) {
  const say = useTexts(common);
  return yes ? <Pill hue="info">{say("yes")}</Pill> : <span className={styles.faint}>{say("no")}</span>;
}

function Count({ of }: { readonly of: number }) {
  const say = useTexts(listTexts);
  const { locale } = useSurroundings();
  const count = plainNumber(of, locale);
  return <>{of >= COUNTED ? say("orMore", { count }) : count}</>;
}

function Refused({ row, onOpen }: { readonly row: EventRow; readonly onOpen: () => void }) {
  const say = useTexts(listTexts);
  const { locale } = useSurroundings();
  if (!row.refusedCount) return <>0</>;
  return (
    <button
      type="button"
      className={styles.refused}
      aria-label={say("showRefused", { count: row.refusedCount, name: row.name })}
      title={say("refusedHelp")}
      onClick={onOpen}
    >
      {plainNumber(row.refusedCount, locale)}
    </button>
  );
}

interface DeedsProps extends Pick<Props, "onArchive" | "onRestore"> {
  readonly row: EventRow;
  readonly state: ListState;
}

function Deeds({ row, state, onArchive, onRestore }: DeedsProps) {
  const say = useTexts(listTexts);
  const missing = useViewer().missing("DEFINE");
  const { name } = row;
  return (
    <span className={styles.deeds}>
      <Link
        to={paths.event(row.number)}
        state={state}
        className={styles.icon}
        aria-label={say("edit", { name })}
        title={say("edit", { name })}
      >
        <Pencil size={16} aria-hidden />
      </Link>
      {row.archivedAt ? (
        <IconButton
          icon={<ArchiveRestore size={16} aria-hidden />}
          label={say("restore", { name })}
          missing={missing}
          onClick={() => onRestore(row)}
        />
      ) : (
        <IconButton
          icon={<Archive size={16} aria-hidden />}
          label={say("archive", { name })}
          missing={missing}
          onClick={() => onArchive(row)}
        />
      )}
    </span>
  );
}
