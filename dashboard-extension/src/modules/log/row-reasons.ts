import { reasons } from "@/words/reasons";

/** Codes that a row's reason can be; the others are step runs' alone. */
const OF_ROWS = /^(SKIPPED|FAILED)_|^(EXITED|UNKNOWN_OUTCOME|CANCELLED_BY_STAFF)$/;
export const REASONS: readonly string[] = Object.keys(reasons.en).filter((code) => OF_ROWS.test(code));
