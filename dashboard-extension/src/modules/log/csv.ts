import type { Language } from "@/lib/bridge";

/** One answer of `customEventLogCsv`. */
export interface Part {
  readonly text: string;
  readonly rows: number;
  readonly hasNextPage: boolean;
  readonly endCursor?: string | null;
}

/** Spreadsheets take a file for UTF-8 only with it. */
export const BOM = "\ufeff";

/**
 * Ask for all parts, one after another, and give the file's content. `onRows` hears how many rows there are so far.
 * What is written meanwhile does not move the parts: each goes on behind the last row of the one before.
 */
export async function collect(
  askPart: (after: string | null) => Promise<Part>,
  onRows: (rows: number) => void,
  isStopped: () => boolean,
): Promise<readonly string[] | undefined> {
  const texts: string[] = [BOM];
  let after: string | null = null;
  let rows = 0;
  for (;;) {
    const part = await askPart(after);
    if (isStopped()) return undefined;
    texts.push(part.text);
    rows += part.rows;
    onRows(rows);
    if (!part.hasNextPage || !part.endCursor) return texts;
    after = part.endCursor;
  }
}

const STEMS: Readonly<Record<Language, string>> = { en: "event-log", pl: "log-zdarzen" };

/** `event-log-size-quiz-2026-11-24.csv`: what it is of (a slug, `scenario-7`, or nothing), and the day. */
export function fileName(language: Language, of: string, now: Date = new Date()): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return [STEMS[language], of, day].filter(Boolean).join("-").concat(".csv");
}

/** Hand a file to the browser, which asks where to put it. */
export function download(texts: readonly string[], name: string): void {
  const url = URL.createObjectURL(new Blob([...texts], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun by then, and the browser holds the content itself.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
