import type { LogExplainQuery } from "@/graphql/generated";
import type { Language } from "@/lib/bridge";
import { say } from "@/lib/texts";
import { plainNumber } from "@/lib/times";
import type { Hue } from "@/ui/pill";
import { sentenceOf } from "@/words/reasons";
import { findings } from "./why-texts/messages";

export type Finding = NonNullable<LogExplainQuery["customEventExplain"]>["findings"][number];

export interface Told {
  readonly sentence: string;
  /** The sentence of the reason behind it, where there is one. */
  readonly because?: string;
  /** The code beside the sentence. */
  readonly code: string;
  readonly hue: Hue;
}

const HUES: Readonly<Record<string, Hue>> = {
  EVENT_UNKNOWN: "error",
  EVERYTHING_PAUSED: "warning",
  EVENT_PAUSED: "warning",
  EVENT_ARCHIVED: "error",
  LOGGING_OFF: "warning",
  NEVER_FIRED: "warning",
  REFUSED: "error",
  REFUSED_UNKNOWN_EVENT: "warning",
  NO_OCCURRENCE: "error",
  OCCURRENCES_FOUND: "success",
  OCCURRENCES_MERGED: "info",
  NO_SCENARIO: "error",
  INVOCATION_RUNNING: "info",
  INVOCATION_WAITING: "info",
  INVOCATION_COMPLETED: "success",
  INVOCATION_FAILED: "error",
  INVOCATION_SKIPPED: "warning",
  INVOCATION_CANCELLED: "warning",
  SCENARIO_NOT_PUBLISHED: "warning",
  SCENARIO_PAUSED: "warning",
  SCENARIO_PUBLISHED_LATER: "warning",
};

type Known = keyof (typeof findings)["en"];

/** Say a finding (log/explain.py) in the reader's language; one that a later release adds in the API's English. */
export function tell(finding: Finding, language: Language, locale: string): Told {
  const hue = HUES[finding.code] ?? "neutral";
  if (!(finding.code in findings.en)) return { sentence: finding.message, code: finding.code, hue };
  const count = finding.count ?? 0;
  const sentence = say(findings, language, finding.code as Known, {
    count,
    number: plainNumber(count, locale),
    scenario: finding.scenarioName ?? "",
    version: finding.version ?? "",
  });
  const { reason } = finding;
  const because = reason && finding.code !== "NO_SCENARIO" ? sentenceOf(reason, language) : undefined;
  return { sentence, ...(because && { because }), code: reason ?? finding.code, hue };
}
