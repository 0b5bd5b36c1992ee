import type { DraftCheckFragment } from "@/graphql/generated";
import type { Located } from "@/modules/scenarios/editor/problems";

/** Something that stands between a draft and its publishing, or its working once it is published. */
export type Obstacle =
  | { readonly kind: "problem"; readonly problem: Located }
  | { readonly kind: "permission"; readonly codes: readonly string[]; readonly parts: readonly string[] }
  | { readonly kind: "mail"; readonly warning: Warning; readonly parts: readonly string[] };

type Warning = DraftCheckFragment["warnings"][number];

/** A warning that is no advice: what is to be mailed is not. */
const NO_MAIL = "MAIL_NOT_CONFIGURED";

interface Found {
  readonly problems: readonly Located[];
  readonly needs: DraftCheckFragment["needs"];
  readonly warnings: readonly Warning[];
  /** Permissions that saving and publishing need of anybody, and that the reader has not got. */
  readonly missing: readonly string[];
  /** Whether a part is there: an answer may be of a draft that has changed since. */
  readonly has: (part: string) => boolean;
}

/** All that stands in the way, problems first; what is missing for one reason at several parts is one thing. */
export function obstaclesOf({ problems, needs, warnings, missing, has }: Found): readonly Obstacle[] {
  const lacking = new Map<string, string[]>();
  for (const need of needs)
    if (need.missing.length && has(need.part)) {
      const codes = need.missing.join(" ");
      lacking.set(codes, [...(lacking.get(codes) ?? []), need.part]);
    }
  const unsent = warnings.filter(({ code, step }) => code === NO_MAIL && step && has(step));
  const [first] = unsent;
  return [
    ...problems.map((problem) => ({ kind: "problem", problem }) as const),
    ...(missing.length ? [{ kind: "permission", codes: missing, parts: [] } as const] : []),
    ...[...lacking].map(([codes, parts]) => ({ kind: "permission", codes: codes.split(" "), parts }) as const),
    ...(first
      ? [{ kind: "mail", warning: first, parts: unsent.flatMap(({ step }) => (step ? [step] : [])) } as const]
      : []),
  ];
}

/** What is only worth knowing. */
export function adviceOf(warnings: readonly Warning[]): readonly Warning[] {
  return warnings.filter(({ code }) => code !== NO_MAIL);
}
