/** For which time results are asked. `days`: up to now; otherwise two days, both included, as `<input type="date">` has them. */
export type Period = { readonly days: 1 | 7 | 30 } | { readonly first: string; readonly last: string };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** As many as may be asked for at once. */
const MOST = 366;

export interface Span {
  readonly from: string;
  readonly to: string;
}

/** Give the moments of a period, in the reader's zone; undefined where it is none. Whole hours, so that it stays the same
 * for as long. */
export function spanOf(period: Period, now: number = Date.now()): Span | undefined {
  if ("days" in period) {
    const from = Math.floor((now - period.days * DAY) / HOUR) * HOUR;
    return { from: iso(from), to: iso(Math.floor(now / HOUR) * HOUR + HOUR) };
  }
  const from = new Date(`${period.first}T00:00`);
  const to = new Date(`${period.last}T00:00`);
  to.setDate(to.getDate() + 1);
  const days = (to.getTime() - from.getTime()) / DAY;
  return days > 0 && days <= MOST ? { from: iso(from.getTime()), to: iso(to.getTime()) } : undefined;
}

function iso(moment: number): string {
  return new Date(moment).toISOString();
}
