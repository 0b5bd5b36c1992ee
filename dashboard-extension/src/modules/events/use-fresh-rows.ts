import { useEffect, useMemo, useState } from "react";
import { EventFiguresDocument, type EventsQuery } from "@/graphql/generated";
import { ask } from "@/lib/api";
import { type EventRow, type Figures, PAGE_SIZE, withFigures } from "./list-state";

/** Milliseconds between two looks at when events were last fired. */
const EVERY = 10_000;

interface Known {
  /** The page that the figures were asked for: those of a page before say nothing of this one. */
  readonly page: EventsQuery;
  readonly figures: readonly Figures[];
}

/** The rows of a page, whose figures become newer every few seconds as long as the page is seen. */
export function useFreshRows(page: EventsQuery | undefined): readonly EventRow[] {
  const [known, setKnown] = useState<Known>();
  const rows = useMemo(() => page?.customEvents?.edges.map((edge) => edge.node) ?? [], [page]);
  useEffect(() => {
    if (!page || !rows.length) return;
    const stopping = new AbortController();
    const ids = rows.map((row) => row.id);
    const look = async () => {
      if (document.visibilityState !== "visible") return;
      const { customEvents } = await ask(EventFiguresDocument, { ids, first: PAGE_SIZE }, stopping.signal);
      setKnown({ page, figures: customEvents?.edges.map((edge) => edge.node) ?? [] });
    };
    // A look that fails is followed by the next one; what is shown stays.
    const timer = setInterval(() => look().catch(() => undefined), EVERY);
    return () => {
      clearInterval(timer);
      stopping.abort();
    };
  }, [page, rows]);
  return known && known.page === page ? withFigures(rows, known.figures) : rows;
}
