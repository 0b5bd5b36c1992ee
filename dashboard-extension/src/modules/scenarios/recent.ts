import type { Language } from "@/lib/bridge";
import { type Parts, partsOf, UNITS } from "@/modules/scenarios/durations";
import { type Operator, writtenValue } from "@/modules/scenarios/operands";

/** "Was in the last 7 days", in both languages: Polish has the time in the genitive, and its adjective agrees with it. */

type Unit = keyof Parts;

const ENGLISH: Readonly<Record<Unit, readonly [string, string]>> = {
  days: ["day", "days"],
  hours: ["hour", "hours"],
  minutes: ["minute", "minutes"],
  seconds: ["second", "seconds"],
};
/** Genitive of one, and of any other number. */
const POLISH: Readonly<Record<Unit, readonly [string, string]>> = {
  days: ["dnia", "dni"],
  hours: ["godziny", "godzin"],
  minutes: ["minuty", "minut"],
  seconds: ["sekundy", "sekund"],
};
const LAST = { masculine: "ostatniego", feminine: "ostatniej", plural: "ostatnich" };
const NEXT = { masculine: "najbliższego", feminine: "najbliższej", plural: "najbliższych" };

/** `was in the last 7 days`, `przypada w ciągu najbliższych 2 godzin`: what stands behind the date that is asked. */
export function recentText(operator: Operator, right: unknown, language: Language): string {
  const parts = partsOf(writtenValue(right));
  const named = parts ? UNITS.filter((unit) => parts[unit] > 0) : [];
  const [first] = named;
  const isOne = parts !== undefined && first !== undefined && named.length === 1 && parts[first] === 1;
  const words = language === "pl" ? POLISH : ENGLISH;
  const count = (unit: Unit) => {
    const value = parts?.[unit] ?? 0;
    return `${new Intl.NumberFormat(language).format(value)} ${words[unit][value === 1 ? 0 : 1]}`;
  };
  const time = !first ? "–" : isOne ? words[first][0] : named.map(count).join(language === "pl" ? " i " : " and ");
  return language === "pl" ? inPolish(operator, time, isOne ? first : undefined) : inEnglish(operator, time);
}

function inEnglish(operator: Operator, time: string): string {
  if (operator === "withinNext") return `is in the next ${time}`;
  return `${operator === "withinLast" ? "was" : "was not"} in the last ${time}`;
}

/** `one`: the unit, where there is just one of it, which then needs no number. */
function inPolish(operator: Operator, time: string, one: Unit | undefined): string {
  const adjective = operator === "withinNext" ? NEXT : LAST;
  const form = !one ? adjective.plural : one === "days" ? adjective.masculine : adjective.feminine;
  return `${operator === "notWithinLast" ? "nie " : ""}przypada w ciągu ${form} ${time}`;
}
