import { type ReactNode, useState } from "react";
import { KeysDocument, type KeysQuery } from "@/graphql/generated";
import { paths, useGo, useKept } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { type Query, useQuery } from "@/lib/use-query";
import { Empty, FailureNotice, Loading } from "@/ui/notice";
import { Pager } from "@/ui/pager";
import { type Column, Table } from "@/ui/table";
import { Bound, Deeds, LastUsed, Name, Refused } from "./key-cells";
import { KeyRefusals } from "./key-refusals";
import { isKeysState, type KeyRow, type KeysState, START, variablesOf } from "./key-rows";
import { KeyWindow } from "./key-window";
import styles from "./keys.module.css";
import { keyListTexts } from "./messages";
import { useRevoking } from "./use-revoking";

export type KeyList = Query<KeysQuery> & { readonly state: KeysState };

/** `skip`: whoever looks may not see keys. */
export function useKeyList({ skip }: { readonly skip: boolean }): KeyList {
  const state = useKept(isKeysState) ?? START;
  return { state, ...useQuery(KeysDocument, variablesOf(state), { skip }) };
}

/** The keys, newest first, and what may be done with them. */
export function KeyListView({ list, create }: { readonly list: KeyList; readonly create: ReactNode }) {
  const say = useTexts(keyListTexts);
  const { data, failure, reload } = list;
  const revoking = useRevoking(reload);
  const [edited, setEdited] = useState<KeyRow>();
  const [refusals, setRefusals] = useState<KeyRow>();
  const rows = data?.customEventKeys?.edges.map((edge) => edge.node);
  if (!rows) return failure ? <Failed failure={failure} onRetry={reload} /> : <Loading />;
  return (
    <>
      {failure && <Failed failure={failure} onRetry={reload} />}
      {revoking.failure && <Failed failure={revoking.failure} />}
      {rows.length ? (
        <KeyTable
          rows={rows}
          stale={list.loading}
          onEdit={setEdited}
          onRevoke={revoking.run}
          onRefusals={setRefusals}
        />
      ) : (
        <Empty title={say("emptyTitle")} action={create}>
          {say("emptyText")}
        </Empty>
      )}
      {rows.length > 0 && <Pages list={list} />}
      {edited && <KeyWindow row={edited} onClose={() => setEdited(undefined)} onSaved={reload} />}
      {refusals && <KeyRefusals row={refusals} onClose={() => setRefusals(undefined)} />}
    </>
  );
}

interface TableProps {
  readonly rows: readonly KeyRow[];
  readonly stale: boolean;
  readonly onEdit: (row: KeyRow) => void;
  readonly onRevoke: (row: KeyRow) => void;
  readonly onRefusals: (row: KeyRow) => void;
}

function KeyTable({ rows, stale, onEdit, onRevoke, onRefusals }: TableProps) {
  const say = useTexts(keyListTexts);
  const columns: readonly Column<KeyRow>[] = [
    { key: "name", head: say("name"), names: true, cell: (row) => <Name row={row} /> },
    { key: "type", head: say("type"), cell: (row) => say(row.type) },
    { key: "channels", head: say("channels"), cell: (row) => <Bound to={row.channels} /> },
    {
      key: "origins",
      head: say("origins"),
      cell: (row) => (row.type === "SERVER" ? "–" : <Bound to={row.origins} />),
    },
    { key: "used", head: say("lastUsed"), cell: (row) => <LastUsed row={row} /> },
    {
      key: "refused",
      head: <span title={say("refusedHelp")}>{say("refused")}</span>,
      align: "end",
      cell: (row) => <Refused row={row} onOpen={() => onRefusals(row)} />,
    },
    {
      key: "actions",
      head: say("actions"),
      hideHead: true,
      align: "end",
      cell: (row) => <Deeds row={row} onEdit={() => onEdit(row)} onRevoke={() => onRevoke(row)} />,
    },
  ];
  return (
    <Table
      caption={say("caption")}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      stale={stale}
      isFaint={(row) => row.revokedAt !== null}
    />
  );
}

function Pages({ list: { state, data } }: { readonly list: KeyList }) {
  const go = useGo();
  const say = useTexts(keyListTexts);
  const page = data?.customEventKeys?.pageInfo;
  const turn = (cursor: Pick<KeysState, "after" | "before">) =>
    go(paths.keys, { state: { list: state.list, ...cursor } });
  const { startCursor, endCursor } = page ?? {};
  return (
    <Pager
      onPrevious={page?.hasPreviousPage && startCursor ? () => turn({ before: startCursor }) : undefined}
      onNext={page?.hasNextPage && endCursor ? () => turn({ after: endCursor }) : undefined}
    >
      {say("total", { count: data?.customEventKeys?.totalCount ?? 0 })}
    </Pager>
  );
}

function Failed(props: Parameters<typeof FailureNotice>[0]) {
  return (
    <div className={styles.failed}>
      <FailureNotice {...props} />
    </div>
  );
}
