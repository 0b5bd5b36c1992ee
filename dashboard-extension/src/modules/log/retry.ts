import type { CustomEventRetryFromEnum, CustomEventRetryVersionEnum } from "@/graphql/generated";
import type { Invocation } from "@/modules/log/timeline";

export type Way = "failedStep" | "original" | "current";

export const WAYS: Readonly<
  Record<Way, { readonly from: CustomEventRetryFromEnum; readonly version: CustomEventRetryVersionEnum }>
> = {
  failedStep: { from: "FAILED_STEP", version: "ORIGINAL" },
  original: { from: "START", version: "ORIGINAL" },
  current: { from: "START", version: "CURRENT" },
};

type Retried = Pick<Invocation, "canResume" | "canRetry" | "scenario">;

/** Whether a way is open; the server has the last word. */
export function isOpen(way: Way, row: Retried): boolean {
  if (way === "failedStep") return row.canResume;
  return way === "original" ? row.canRetry : row.canRetry && Boolean(row.scenario?.published);
}

/** What is offered first: the way that repeats least. */
export function firstWay(row: Retried): Way | undefined {
  return (Object.keys(WAYS) as Way[]).find((way) => isOpen(way, row));
}
