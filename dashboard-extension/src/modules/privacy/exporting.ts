/** One answer of `customEventCustomerExport`. */
export interface Part {
  readonly head?: unknown;
  readonly occurrences?: readonly unknown[] | null;
  readonly endCursor?: string | null;
}

/** Ask for all parts, one after another, and give the document as text; undefined where somebody stopped it. */
export async function collect(
  askPart: (after: string | null) => Promise<Part>,
  onCount: (occurrences: number) => void,
  isStopped: () => boolean,
): Promise<string | undefined> {
  const occurrences: unknown[] = [];
  let head: unknown = {};
  let after: string | null = null;
  do {
    const part: Part = await askPart(after);
    if (isStopped()) return undefined;
    if (part.head) head = part.head;
    occurrences.push(...(part.occurrences ?? []));
    onCount(occurrences.length);
    after = part.endCursor ?? null;
  } while (after);
  return JSON.stringify({ ...(head as object), occurrences }, null, 1);
}
