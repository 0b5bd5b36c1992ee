import { useEffect, useRef } from "react";
import {
  type CustomEventInvocationFilterInput,
  LogNewsDocument,
  type LogRowFragment,
  LogRowsDocument,
  type LogRowsQuery,
} from "@/graphql/generated";
import type { Failure } from "@/lib/api";
import { type Query, useQuery } from "@/lib/use-query";
import { PAGE, type Slice, sliceVariables } from "@/modules/log/filters";
import { EVERY, type Fresh, fresh, refreshed } from "@/modules/log/live";

export interface OpenLog {
  /** Undefined until the first answer. */
  readonly rows: readonly LogRowFragment[] | undefined;
  readonly pageInfo: NonNullable<LogRowsQuery["customEventInvocations"]>["pageInfo"] | undefined;
  readonly isNewest: boolean;
  readonly fresh: Fresh;
  readonly loading: boolean;
  /** The page could not be read. */
  readonly failure: Failure | undefined;
  /** It could be read, and could not be looked at again. */
  readonly isStale: boolean;
  readonly reload: () => void;
}

/**
 * A page of the log that stays where it is: what arrives above is counted, what is on the screen is asked for again.
 * Only an empty newest page is read anew by itself: there is nothing in it that could move.
 */
export function useLog(filter: CustomEventInvocationFilterInput, slice: Slice, skip: boolean): OpenLog {
  const variables = { filter, ...sliceVariables(slice) };
  const page = useQuery(LogRowsDocument, variables, { skip });
  const found = page.data?.customEventInvocations;
  const rows = found?.edges.map((edge) => edge.node);
  const isNewest = !slice.after && !found?.pageInfo.hasPreviousPage;
  useLooking(isNewest && rows?.length === 0, page.reload);

  const before = found?.pageInfo.startCursor;
  const shown = (rows ?? []).map((row) => row.id);
  const news = useQuery(
    LogNewsDocument,
    { filter, before, shown, size: PAGE, newest: isNewest },
    { skip: skip || page.loading || page.failure !== undefined || !shown.length, every: EVERY },
  );
  const answer = useAnswerTo(JSON.stringify([filter, before]), news);
  return {
    rows: rows && refreshed(rows, answer),
    pageInfo: found?.pageInfo,
    isNewest,
    fresh: fresh(answer, rows ?? []),
    loading: page.loading,
    failure: page.failure,
    isStale: news.failure !== undefined,
    reload: page.reload,
  };
}

function useLooking(isWanted: boolean, look: () => void): void {
  useEffect(() => {
    if (!isWanted) return;
    const timer = setInterval(() => document.visibilityState === "visible" && look(), EVERY);
    return () => clearInterval(timer);
  }, [isWanted, look]);
}

/** `useQuery` keeps the last answer while another question is asked; here it would speak of other rows. */
function useAnswerTo<Result>(question: string, query: Query<Result>): Result | undefined {
  const earlier = useRef<{ readonly question: string; readonly data: Result | undefined }>({
    question,
    data: undefined,
  });
  if (earlier.current.question !== question) earlier.current = { question, data: query.data };
  return query.data === earlier.current.data ? undefined : query.data;
}
