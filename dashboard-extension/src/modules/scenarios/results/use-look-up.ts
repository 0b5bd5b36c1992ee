import { useSurroundings } from "@/lib/bridge";
import { paths, useGo } from "@/lib/routing";
import { say } from "@/lib/texts";
import { plainNumber } from "@/lib/times";
import { type Counted, localMinute, logWith } from "@/modules/log/filters";
import { arrowsOf } from "@/modules/scenarios/arrows";
import { stepOf } from "@/modules/scenarios/definition";
import { type ActionForm, useEditor } from "@/modules/scenarios/editor/editor-context";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import type { Wanted, Words } from "@/modules/scenarios/results/marks";
import { outcomeTexts, resultTexts } from "@/modules/scenarios/results/messages";
import type { Outcome, Results } from "@/modules/scenarios/results/numbers";
import type { ResultsState } from "@/modules/scenarios/results/state";
import { branchTitle, stepTitle } from "@/modules/scenarios/summary";
import { sentenceOf } from "@/words/reasons";

type Language = "en" | "pl";

interface Shown {
  readonly scenario: number;
  readonly results: Results;
  readonly state: ResultsState;
}

/** Leads to the rows of the log behind a count; Back leads to the results as they were. */
export function useLookUp({ scenario, results, state }: Shown): (wanted: Wanted) => void {
  const go = useGo();
  const label = useLabels();
  return async (wanted) => {
    const { part, outcome, way, reason, statuses } = wanted;
    const counted: Counted = {
      version: results.version,
      ...(part !== undefined && outcome && { step: { id: part, outcome, way, reason } }),
      ...(statuses && { statuses, reason }),
      label: { en: label(wanted, "en"), pl: label(wanted, "pl") },
    };
    // The last minute, all of which is asked for.
    const last = new Date(new Date(results.to).getTime() - 60_000);
    const times = { from: localMinute(new Date(results.from)), to: localMinute(last) };
    await go(paths.scenario(scenario), { replace: true, state });
    await go(paths.logOfScenario(scenario), { state: logWith({ counted, ...times }, { scenario }) });
  };
}

/** Says what a count is of, in one of the languages. */
export function useLabels(): (wanted: Wanted, language: Language) => string {
  const { flow, numbers, actions } = useEditor();
  return ({ part, outcome, way, reason, statuses }, language) => {
    const why = reason && (sentenceOf(reason, language) ?? reason);
    if (part === undefined) return [statusText(statuses, language), why].filter(Boolean).join(": ");
    const step = stepOf(flow, part);
    const port =
      step && way !== undefined ? arrowsOf(step).find((arrow) => String(arrow.port) === way)?.port : undefined;
    const where = step
      ? stepName(step, numbers.get(part) ?? 0, actions, language)
      : startName(flow.starts, part, language);
    const what = outcome && say(outcomeTexts, language, outcomeKey(outcome, !step));
    const which = step && port !== undefined ? branchTitle(step, port, language) : undefined;
    return [where, what, which ?? why].filter(Boolean).join(" – ");
  };
}

/** What a count is called at a start point, where nobody is left out but does not begin. */
export function outcomeKey(outcome: Outcome, isStart: boolean): keyof (typeof outcomeTexts)["en"] {
  return isStart && outcome === "SKIPPED" ? "NOT_STARTED" : outcome;
}

const UNDER_WAY = ["RUNNING", "WAITING"];
const OF_STATUS = {
  COMPLETED: "completed",
  FAILED: "failed",
  CANCELLED: "cancelled",
  SKIPPED: "skipped",
} as const;

/** How runs stand, in words: one of the API's totals, or all that began. */
export function statusText(statuses: Wanted["statuses"], language: Language): string {
  const [first] = statuses ?? [];
  if ((statuses?.length ?? 0) > 2 || first === undefined) return say(resultTexts, language, "entered");
  if (UNDER_WAY.includes(first)) return say(resultTexts, language, "underWay");
  return say(resultTexts, language, OF_STATUS[first as keyof typeof OF_STATUS]);
}

function stepName(
  step: Parameters<typeof stepTitle>[0],
  number: number,
  actions: readonly ActionForm[],
  language: Language,
): string {
  return say(editorTexts, language, "stepLabel", { number, title: stepTitle(step, language, actions) });
}

function startName(starts: readonly { readonly id: string }[], part: string, language: Language): string {
  const number = starts.findIndex(({ id }) => id === part) + 1;
  return starts.length > 1
    ? say(editorTexts, language, "startNumber", { number })
    : say(editorTexts, language, "startTitle");
}

/** The words of the marks over the flow. */
export function useWords(): Words {
  const { flow } = useEditor();
  const { language, locale } = useSurroundings();
  const label = useLabels();
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const roundly = new Intl.NumberFormat(locale, { style: "percent" });
  const number = (count: number) => plainNumber(count, locale);
  const tell = (key: keyof (typeof resultTexts)["en"], values: Readonly<Record<string, string>>) =>
    say(resultTexts, language, key, values);
  return {
    outcome: (part, outcome) => say(outcomeTexts, language, outcomeKey(outcome, !stepOf(flow, part))),
    badge: (what, count) => tell("amount", { what, count: number(count) }),
    title: (part, what, count, inLog) => {
      const whole = tell("amount", { what: `${label({ part }, language)} – ${what}`, count: number(count) });
      if (!inLog) return `${whole}. ${tell("noneInLog", {})}`;
      const told = tell("lookUp", { what: whole });
      return inLog < count ? `${told}. ${tell("partInLog", { inLog: number(inLog) })}` : told;
    },
    share: (share) => percent.format(share),
    way: (count, share) => tell("share", { count: number(count), share: roundly.format(share) }),
  };
}
