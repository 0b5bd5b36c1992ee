import type { Language } from "@/lib/bridge";
import { say } from "@/lib/texts";
import { arrowsOf, type Port } from "@/modules/scenarios/arrows";
import { type Flow, type Step, stepOf } from "@/modules/scenarios/definition";
import { type Badge, type Mark, type Overlay, type WayMark, wayKey } from "@/modules/scenarios/overlay/overlay";
import { testTexts } from "@/modules/scenarios/testing/messages";
import { fateOf, type Tally, type TallyStep, type Tried } from "@/modules/scenarios/testing/trial";
import type { Hue } from "@/ui/pill";

export const HUES: Readonly<Record<ReturnType<typeof fateOf>, Hue>> = {
  wouldBeDone: "success",
  wouldBeSkipped: "warning",
  wouldFail: "error",
  passed: "info",
};

interface Words {
  readonly language: Language;
  readonly locale: string;
  /** A part that is chosen by what lies on it; `visit`: the number of that visit. */
  readonly onChoose: (part: string, visit?: number) => void;
}

/** The way of one occurrence: the order in which steps are come to, how each comes out, and which ways are gone. */
export function triedOverlay(tried: Tried, flow: Flow, words: Words): Overlay {
  const ways = new Map<string, WayMark>();
  const parts = new Map<string, Mark>(startMark(tried, words));
  const started = tried.status !== "SKIPPED";
  if (tried.start) ways.set(wayKey(tried.start, 0), { isTaken: started });
  for (const [at, step] of (tried.steps ?? []).entries()) {
    const fate = fateOf(step);
    const values = { order: at + 1, fate: say(testTexts, words.language, `${fate}Short`) };
    const badge: Badge = {
      key: String(step.visit),
      hue: HUES[fate],
      text: say(testTexts, words.language, "badge", values),
      title: say(testTexts, words.language, "badgeTitle", { ...values, fate: say(testTexts, words.language, fate) }),
      onChoose: () => words.onChoose(step.step, step.visit),
    };
    parts.set(step.step, { hue: badge.hue, badges: [...(parts.get(step.step)?.badges ?? []), badge] });
    const way = wayAt(flow, step.step, step.way);
    if (way !== undefined) ways.set(wayKey(step.step, way), { isTaken: true });
  }
  return { parts, ways, dims: true };
}

function startMark({ start, status }: Tried, { language, onChoose }: Words): readonly (readonly [string, Mark])[] {
  if (!start) return [];
  const fate = status === "SKIPPED" ? "keptOut" : "letIn";
  const hue: Hue = status === "SKIPPED" ? "warning" : "success";
  const badge: Badge = {
    key: "start",
    hue,
    text: say(testTexts, language, `${fate}Short`),
    title: say(testTexts, language, fate),
    onChoose: () => onChoose(start),
  };
  return [[start, { hue, badges: [badge] }]];
}

/** How many of many occurrences come to each part, how they come out there, and which ways they go. */
export function tallyOverlay(tally: Tally, flow: Flow, words: Words): Overlay {
  const parts = new Map<string, Mark>();
  const ways = new Map<string, WayMark>();
  for (const { start, started, skipped } of tally.starts ?? []) {
    const kept = skipped.reduce((sum, one) => sum + one.count, 0);
    parts.set(start, { badges: badgesOf(start, started, [["keptOut", kept]], "startCount", words) });
    ways.set(wayKey(start, 0), { isTaken: started > 0 });
  }
  for (const step of tally.steps ?? []) {
    const odd = [["skipped", countOf(step, "SKIPPED")] as const, ["failed", countOf(step, "FAILED")] as const];
    parts.set(step.step, { badges: badgesOf(step.step, step.count, odd, "stepCount", words) });
    for (const { name, count } of step.ways) {
      const way = wayAt(flow, step.step, name);
      const text = say(testTexts, words.language, "wayCount", {
        number: new Intl.NumberFormat(words.locale).format(count),
        share: percent(count, step.count, words.locale),
      });
      if (way !== undefined) ways.set(wayKey(step.step, way), { isTaken: true, text });
    }
  }
  return { parts, ways, dims: true };
}

/** How often a step comes out in one way, whatever the reason. */
export function countOf({ outcomes }: TallyStep, status: TallyStep["outcomes"][number]["status"]): number {
  return outcomes.reduce((sum, one) => (one.status === status ? sum + one.count : sum), 0);
}

export function percent(count: number, of: number, locale: string): string {
  const share = of ? count / of : 0;
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(share);
}

const ODD: Readonly<Record<"keptOut" | "skipped" | "failed", Hue>> = {
  keptOut: "warning",
  skipped: "warning",
  failed: "error",
};

function badgesOf(
  part: string,
  count: number,
  odd: readonly (readonly [keyof typeof ODD, number])[],
  title: "startCount" | "stepCount",
  { language, locale, onChoose }: Words,
): readonly Badge[] {
  const choose = () => onChoose(part);
  const number = (of: number) => new Intl.NumberFormat(locale).format(of);
  return [
    {
      key: "count",
      hue: "info",
      text: number(count),
      title: say(testTexts, language, title, { count, number: number(count) }),
      onChoose: choose,
    },
    ...odd
      .filter(([, of]) => of > 0)
      .map(
        ([name, of]): Badge => ({
          key: name,
          hue: ODD[name],
          text: say(testTexts, language, `${name}Badge`, { number: number(of) }),
          title: say(testTexts, language, `${name}Count`, { count: of, number: number(of) }),
          onChoose: choose,
        }),
      ),
  ];
}

/** The place of a way among its step's arrows; undefined where the step or the way is no more. */
function wayAt(flow: Flow, id: string, name: string | null | undefined): number | undefined {
  const step = stepOf(flow, id);
  const at = step && name ? arrowsOf(step).findIndex(({ port }) => String(port) === name) : -1;
  return at < 0 ? undefined : at;
}

/** A way as the editor knows it, by the name that a test has for it. */
export function portOf(step: Step, name: string): Port | undefined {
  return arrowsOf(step).find(({ port }) => String(port) === name)?.port;
}
