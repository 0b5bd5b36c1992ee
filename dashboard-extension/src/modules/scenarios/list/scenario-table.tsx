import { Eye } from "lucide-react";
import type { ScenarioRowFragment } from "@/graphql/generated";
import { useSurroundings } from "@/lib/bridge";
import { paths } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { plainNumber } from "@/lib/times";
import { deedTexts } from "@/modules/scenarios/deeds/messages";
import { type Deeds, MANY } from "@/modules/scenarios/deeds/use-deeds";
import { directionOf, type ListState, sortedBy } from "@/modules/scenarios/list/list-state";
import { listTexts } from "@/modules/scenarios/list/messages";
import styles from "@/modules/scenarios/scenarios.module.css";
import { StatusPill } from "@/modules/scenarios/status-pill";
import { Link } from "@/ui/link";
import { Menu } from "@/ui/menu";
import { Moment } from "@/ui/moment";
import { type Column, Table } from "@/ui/table";

/** Events that a row names before it counts the rest. */
const NAMED = 2;

interface Props {
  readonly rows: readonly ScenarioRowFragment[];
  readonly state: ListState;
  readonly stale: boolean;
  readonly onState: (state: ListState) => void;
  readonly items: Deeds["items"];
}

export function ScenarioTable({ rows, state, stale, onState, items }: Props) {
  const say = useTexts(listTexts);
  const ofDeeds = useTexts(deedTexts);
  const sorting = (field: "NUMBER" | "NAME" | "UPDATED") => ({
    sorted: directionOf(state, field),
    onSort: () => onState(sortedBy(state, field)),
  });
  const columns: readonly Column<ScenarioRowFragment>[] = [
    { key: "id", head: say("id"), cell: (row) => row.number, ...sorting("NUMBER"), width: "72px" },
    {
      key: "name",
      head: say("name"),
      names: true,
      cell: (row) => (
        <span className={styles.name}>
          <Link to={paths.scenario(row.number)}>{row.name}</Link>
        </span>
      ),
      ...sorting("NAME"),
    },
    { key: "status", head: say("statusHead"), cell: (row) => <StatusPill status={row.status} /> },
    { key: "starts", head: say("startsFrom"), cell: (row) => <StartsFrom row={row} /> },
    { key: "underWay", head: say("underWay"), align: "end", cell: (row) => <UnderWay count={row.underWay} /> },
    { key: "published", head: say("published"), cell: (row) => <Published row={row} /> },
    { key: "updated", head: say("updated"), cell: (row) => <Updated row={row} />, ...sorting("UPDATED") },
    {
      key: "log",
      head: say("log"),
      align: "end",
      width: "56px",
      cell: (row) => (
        <Link
          to={paths.logOfScenario(row.number)}
          aria-label={say("logOf", { name: row.name })}
          title={say("log")}
          className={styles.iconLink}
        >
          <Eye size={16} aria-hidden />
        </Link>
      ),
    },
    {
      key: "actions",
      head: say("actions"),
      hideHead: true,
      align: "end",
      width: "64px",
      cell: (row) => <Menu label={ofDeeds("actionsFor", { name: row.name })} items={items(row)} />,
    },
  ];
  return (
    <Table
      caption={say("caption")}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      stale={stale}
      isFaint={(row) => row.status === "ARCHIVED"}
    />
  );
}

function StartsFrom({ row }: { readonly row: ScenarioRowFragment }) {
  const say = useTexts(listTexts);
  const more = row.startEvents.length - NAMED;
  if (!row.startEvents.length) return <>–</>;
  return (
    <span className={styles.wrap}>
      {row.startEvents.slice(0, NAMED).map((event) => (
        <Link key={event.id} to={paths.event(event.number)}>
          {event.name}
        </Link>
      ))}
      {more > 0 && <span className={styles.faint}>{say("more", { count: more })}</span>}
    </span>
  );
}

function UnderWay({ count }: { readonly count: number }) {
  const say = useTexts(listTexts);
  const { locale } = useSurroundings();
  const shown = plainNumber(count, locale);
  return <>{count >= MANY ? say("orMore", { count: shown }) : shown}</>;
}

function Published({ row }: { readonly row: ScenarioRowFragment }) {
  const say = useTexts(listTexts);
  if (!row.published) return <span className={styles.faint}>{say("never")}</span>;
  return (
    <span className={styles.stack}>
      <span>
        {say("version", { number: row.published.number })} · <Moment at={row.published.publishedAt} as="relative" />
      </span>
      <span className={styles.small}>
        {row.hasUnpublishedChanges ? say("changedSince") : say("by", { name: row.published.publishedBy })}
      </span>
    </span>
  );
}

function Updated({ row }: { readonly row: ScenarioRowFragment }) {
  const say = useTexts(listTexts);
  return (
    <span className={styles.stack}>
      <Moment at={row.updatedAt} as="relative" />
      <span className={styles.small}>{say("by", { name: row.updatedBy })}</span>
    </span>
  );
}
