import { type ReactNode, useState } from "react";
import { EventsDocument, type EventsQuery } from "@/graphql/generated";
import type { Failure } from "@/lib/api";
import { paths, useGo, useKept } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { type Query, useQuery } from "@/lib/use-query";
import { FailureNotice, Loading } from "@/ui/notice";
import { Pager } from "@/ui/pager";
import { EventTable } from "./event-table";
import styles from "./events.module.css";
import { Filters, type Look, Nothing } from "./list-filters";
import { type EventRow, emptiness, isListState, type ListState, looking, START, variablesOf } from "./list-state";
import { listTexts } from "./messages";
import { RefusalsWindow } from "./refusals-window";
import { useArchiving } from "./use-archiving";
import { useFreshRows } from "./use-fresh-rows";

export interface EventList {
  readonly state: ListState;
  readonly query: Query<EventsQuery>;
}

/** What the history's entry says is looked at, and the server's answer to it. */
export function useEventList(): EventList {
  const state = useKept(isListState) ?? START;
  return { state, query: useQuery(EventsDocument, variablesOf(state)) };
}

interface Props {
  readonly list: EventList;
  readonly create: ReactNode;
}

/** Search, table and pages; or why there is nothing in it. */
export function EventListView({ list: { state, query }, create }: Props) {
  const go = useGo();
  const { data, failure, loading, reload } = query;
  const archiving = useArchiving(reload);
  const [refusals, setRefusals] = useState<EventRow>();
  const rows = useFreshRows(data);
  const look: Look = (change) => go(paths.events, { state: looking(state, change), replace: true });
  const every = data?.every?.totalCount ?? 0;
  if (!data) return failure ? <Failed failure={failure} onRetry={reload} /> : <Loading />;
  if (!rows.length && emptiness(state, every) === "none")
    return <Nothing state={state} every={every} create={create} />;
  return (
    <>
      <Filters state={state} look={look} />
      {failure && <Failed failure={failure} onRetry={reload} />}
      {archiving.failure && <Failed failure={archiving.failure} />}
      {rows.length ? (
        <EventTable
          rows={rows}
          state={state}
          stale={loading}
          onSort={(sorting) => look({ sorting })}
          onRefusals={setRefusals}
          onArchive={archiving.archive.run}
          onRestore={archiving.restore.run}
        />
      ) : (
        <Nothing state={state} every={every} create={create} look={look} />
      )}
      {rows.length > 0 && <Pages state={state} data={data} />}
      {refusals && <RefusalsWindow event={refusals} onClose={() => setRefusals(undefined)} />}
    </>
  );
}

function Pages({ state, data }: { readonly state: ListState; readonly data: EventsQuery }) {
  const go = useGo();
  const say = useTexts(listTexts);
  const page = data.customEvents?.pageInfo;
  const turn = (cursor: Pick<ListState, "after" | "before">) =>
    go(paths.events, { state: { ...looking(state, {}), ...cursor } });
  const { startCursor, endCursor } = page ?? {};
  return (
    <Pager
      onPrevious={page?.hasPreviousPage && startCursor ? () => turn({ before: startCursor }) : undefined}
      onNext={page?.hasNextPage && endCursor ? () => turn({ after: endCursor }) : undefined}
    >
      {say("total", { count: data.customEvents?.totalCount ?? 0 })}
    </Pager>
  );
}

function Failed(props: { readonly failure: Failure; readonly onRetry?: () => void }) {
  return (
    <div className={styles.failed}>
      <FailureNotice {...props} />
    </div>
  );
}
