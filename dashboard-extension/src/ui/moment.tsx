import { useSurroundings } from "@/lib/bridge";
import { columnTime, exactTime, relativeTime } from "@/lib/times";

interface Props {
  /** ISO 8601. */
  readonly at: string;
  /** `exact`: to the second, with the zone. `column`: the zone stands in the column's head. `relative`: "3 minutes ago". */
  readonly as?: "exact" | "column" | "relative";
}

/** A moment, as the reader writes it; the exact time is its tooltip. */
export function Moment({ at, as = "exact" }: Props) {
  const { locale } = useSurroundings();
  const exact = exactTime(at, locale);
  const text = as === "exact" ? exact : as === "column" ? columnTime(at, locale) : relativeTime(at, locale);
  return (
    <time dateTime={at} title={exact}>
      {text}
    </time>
  );
}
