import type { LogNewsQuery, LogRowFragment } from "@/graphql/generated";

/** Milliseconds between two looks at a log that is open. */
export const EVERY = 5000;

export interface Fresh {
  readonly count: number;
  /** There are more than were counted. */
  readonly more: boolean;
}

/** Count what has arrived above the rows on the screen. */
export function fresh(news: LogNewsQuery | undefined, rows: readonly LogRowFragment[]): Fresh {
  const shown = new Set(rows.map((row) => row.id));
  const newer = (news?.newer?.edges ?? []).filter((edge) => !shown.has(edge.node.id));
  return { count: newer.length, more: news?.newer?.pageInfo.hasPreviousPage ?? false };
}

/** The rows on the screen as they stand now: the same ones in the same order, whether or not a filter still fits. */
export function refreshed(rows: readonly LogRowFragment[], news: LogNewsQuery | undefined): readonly LogRowFragment[] {
  const now = new Map((news?.shown?.edges ?? []).map((edge) => [edge.node.id, edge.node]));
  return rows.map((row) => now.get(row.id) ?? row);
}
