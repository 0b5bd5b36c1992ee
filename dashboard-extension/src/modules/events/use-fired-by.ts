import { type Say, useTexts } from "@/lib/texts";
import { happeningTexts } from "./happening-words";
import { type HappeningKind, spanOf, type Unit } from "./happenings";

interface Happening {
  readonly kind: HappeningKind;
  readonly minutes?: number | null;
}

const LONG = { MINUTES: "minutesLong", HOURS: "hoursLong", DAYS: "daysLong" } as const satisfies Record<Unit, string>;

/** Name what fires an event: “Checkout abandoned (1 hour), Order placed”. */
export function useFiredBy(): (happenings: readonly Happening[]) => string {
  const say = useTexts(happeningTexts);
  return (happenings) => happenings.map((one) => named(one, say)).join(", ");
}

function named({ kind, minutes }: Happening, say: Say<keyof typeof happeningTexts.en>): string {
  if (!minutes) return say(kind);
  const { amount, unit } = spanOf(minutes);
  return say("abandonedFor", { name: say(kind), span: say(LONG[unit], { count: amount }) });
}
