/** What differs between two texts, word by word, for both to be shown side by side. */

export interface Piece {
  readonly text: string;
  /** Only this text has it. */
  readonly isOwn: boolean;
}

export interface Pieces {
  readonly before: readonly Piece[];
  readonly after: readonly Piece[];
}

/** Comparisons of one word with another that a page has time for; beyond that lines are compared, and then nothing. */
const MOST = 1_000_000;
const WORDS = /\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu;
const LINES = /[^\n]*\n|[^\n]+/g;

export function wordDiff(before: string, after: string): Pieces {
  return (
    compared(before.match(WORDS) ?? [], after.match(WORDS) ?? []) ??
    compared(before.match(LINES) ?? [], after.match(LINES) ?? []) ?? {
      before: joined([{ text: before, isOwn: true }]),
      after: joined([{ text: after, isOwn: true }]),
    }
  );
}

/** The longest common sequence of both; undefined where finding it would take too long. */
function compared(before: readonly string[], after: readonly string[]): Pieces | undefined {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const old = before.slice(start, before.length - end);
  const now = after.slice(start, after.length - end);
  if (old.length * now.length > MOST) return undefined;
  const middle = common(old, now);
  const around = (texts: readonly string[], own: readonly Piece[]) =>
    joined([...shared(texts.slice(0, start)), ...own, ...shared(texts.slice(texts.length - end))]);
  return { before: around(before, middle.before), after: around(after, middle.after) };
}

function shared(texts: readonly string[]): readonly Piece[] {
  return texts.map((text) => ({ text, isOwn: false }));
}

function common(old: readonly string[], now: readonly string[]): Pieces {
  const width = now.length + 1;
  // How long a sequence both have from here on.
  const lengths = new Uint32Array((old.length + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1)
    for (let column = now.length - 1; column >= 0; column -= 1)
      lengths[row * width + column] =
        old[row] === now[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
  const before: Piece[] = [];
  const after: Piece[] = [];
  let [row, column] = [0, 0];
  while (row < old.length || column < now.length) {
    const [one, other] = [old[row], now[column]];
    if (one !== undefined && one === other) {
      before.push({ text: one, isOwn: false });
      after.push({ text: one, isOwn: false });
      row += 1;
      column += 1;
    } else if (other === undefined || (one !== undefined && at(row + 1, column) >= at(row, column + 1))) {
      before.push({ text: one ?? "", isOwn: true });
      row += 1;
    } else {
      after.push({ text: other, isOwn: true });
      column += 1;
    }
  }
  return { before, after };
}

/** Pieces of one kind become one; blanks between two that are one's own are so too. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const whole: Piece[] = [];
  for (const [at, piece] of pieces.entries()) {
    const last = whole.at(-1);
    const isBetween = last?.isOwn && !piece.text.trim() && pieces[at + 1]?.isOwn;
    const isOwn = piece.isOwn || Boolean(isBetween);
    if (last && last.isOwn === isOwn) whole[whole.length - 1] = { text: last.text + piece.text, isOwn };
    else if (piece.text) whole.push({ text: piece.text, isOwn });
  }
  return whole;
}

/** Characters around what differs that are shown of a long text. */
const AROUND = 80;

/** The same with what both have left out where there is much of it. */
export function shortened(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.map((piece, at) => {
    if (piece.isOwn || piece.text.length <= 3 * AROUND) return piece;
    const head = at === 0 ? "" : piece.text.slice(0, AROUND);
    const tail = at === pieces.length - 1 ? "" : piece.text.slice(-AROUND);
    if (!head && !tail) return { ...piece, text: `${piece.text.slice(0, 2 * AROUND)}…` };
    return { ...piece, text: `${head}…${tail}` };
  });
}
