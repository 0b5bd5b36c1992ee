import { paths, useGo } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { askAboutLog } from "@/modules/log/explaining";
import { type Filters, filterInput, inForce, type LogState, NO_FILTERS, type Slice } from "@/modules/log/filters";
import { LiveLine } from "@/modules/log/live-line";
import { LogFilters } from "@/modules/log/log-filters";
import { LogTable } from "@/modules/log/log-table";
import { filtering, log } from "@/modules/log/messages";
import { useLog } from "@/modules/log/use-log";
import { pathOf, type Subject } from "@/modules/log/use-subject";
import { Button } from "@/ui/button";
import { Empty, FailureNotice, Loading } from "@/ui/notice";
import { Pager } from "@/ui/pager";
import { common } from "@/words/words";
import styles from "./log.module.css";

interface Props {
  readonly subject: Subject;
  readonly state: LogState;
}

/** Filters, the rows that match them, and the ways to the next ones. */
export function LogList({ subject, state }: Props) {
  const go = useGo();
  const open = useLog(filterInput(state.filters, subject.ids), state.slice, false);
  const path = pathOf(state.scope);
  const filterBy = (filters: Filters) => go(path, { replace: true, state: { ...state, filters, slice: {} } });
  const turnTo = (slice: Slice) => go(path, { state: { ...state, slice } });
  const toNewest = () => {
    if (state.slice.after || state.slice.before) turnTo({});
    else open.reload();
  };
  const isEmailWrong = open.failure?.code === "INVALID_EMAIL";
  const { pageInfo } = open;
  return (
    <>
      <LogFilters
        filters={state.filters}
        scope={state.scope}
        isEmailWrong={isEmailWrong}
        onChange={(change) => filterBy({ ...state.filters, ...change })}
        onClear={() => filterBy(NO_FILTERS)}
      />
      {open.failure && !isEmailWrong && (
        <div className={styles.notices}>
          <FailureNotice failure={open.failure} onRetry={open.reload} />
        </div>
      )}
      {open.rows === undefined && open.loading && <Loading />}
      {open.rows && <LiveLine open={open} onNewest={toNewest} />}
      {open.rows && open.rows.length > 0 && <LogTable rows={open.rows} stale={open.loading} state={state} />}
      {open.rows?.length === 0 && <Nothing subject={subject} state={state} onClear={() => filterBy(NO_FILTERS)} />}
      {pageInfo && (pageInfo.hasPreviousPage || open.rows?.length !== 0) && (
        <Pager
          onPrevious={pageInfo.hasPreviousPage ? () => turnTo({ before: pageInfo.startCursor ?? "" }) : undefined}
          onNext={pageInfo.hasNextPage ? () => turnTo({ after: pageInfo.endCursor ?? "" }) : undefined}
        />
      )}
    </>
  );
}

function Nothing({ subject, state, onClear }: Props & { readonly onClear: () => void }) {
  const say = useTexts(log);
  const sayFilter = useTexts(filtering);
  const sayCommon = useTexts(common);
  const go = useGo();
  const why = (
    <Button onClick={() => go(paths.why, { state: askAboutLog(state, subject.event) })}>{sayCommon("why")}</Button>
  );
  if (!inForce(state.filters).length)
    return (
      <Empty title={say("empty")} action={why}>
        {say(subject.event?.logging === false ? "emptyOff" : subject.event ? "emptyText" : "emptyAll")}
      </Empty>
    );
  const clear = <Button onClick={onClear}>{sayFilter("clearAll")}</Button>;
  return (
    <Empty
      title={say("emptyFiltered")}
      action={
        <div className={styles.chips}>
          {clear}
          {why}
        </div>
      }
    >
      {say("emptyFilteredText")}
    </Empty>
  );
}
