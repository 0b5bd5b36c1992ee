import {
  type Choice,
  type Filters,
  type LogState,
  localMinute,
  looksLikeEmail,
  NO_FILTERS,
} from "@/modules/log/filters";

/** The question of the page "Why did nothing happen?" as it is typed. */
export interface Question {
  readonly email: string;
  /** One of the list, or an ID or slug as typed. */
  readonly event: Choice | string | null;
  /** As `<input type="datetime-local">` has it. */
  readonly from: string;
  readonly to: string;
}

const DAY = 86_400_000;

/** The question that a log leads to: its e-mail, event and time, else the last 24 hours. */
export function firstQuestion(kept: LogState | undefined, now: number = Date.now()): Question {
  const filters = kept?.filters ?? NO_FILTERS;
  const { email, event, from, to } = kept?.ask ?? { ...filters, email: emailOf(filters) };
  return {
    email,
    event,
    from: from || localMinute(new Date(now - DAY)),
    to: to || localMinute(new Date(now + 60_000)),
  };
}

/** What leads from a log to that page: what it is filtered by, and its event. */
export function askAboutLog(state: LogState, event: Choice | undefined): LogState {
  const { from, to } = state.filters;
  const asked = event ? { id: event.id, number: event.number, name: event.name } : state.filters.event;
  return { ...state, ask: { email: emailOf(state.filters), event: asked, from, to } };
}

function emailOf({ email, customer }: Filters): string {
  return email || customer?.email || "";
}

interface Row {
  readonly customerEmail?: string | null;
  readonly isMasked: boolean;
  readonly createdAt: string;
  readonly event: Choice;
}

/** What leads from one row to that page: its customer, its event, and the day around it; and back to the log below. */
export function askAbout(row: Row, state: LogState): LogState {
  const at = new Date(row.createdAt).getTime();
  return {
    ...state,
    ask: {
      email: row.isMasked ? "" : (row.customerEmail ?? ""),
      event: { id: row.event.id, number: row.event.number, name: row.event.name },
      from: localMinute(new Date(at - DAY / 2)),
      to: localMinute(new Date(at + DAY / 2)),
    },
  };
}

export type Fault = "emailWrong" | "eventMissing" | "fromMissing" | "order";

/** What is wrong with a question, by the field that it is wrong with. */
export function faults(question: Question): Partial<Record<keyof Question, Fault>> {
  const isMoment = (text: string) => !Number.isNaN(new Date(text).getTime());
  const event = typeof question.event === "string" ? question.event.trim() : question.event;
  return {
    ...(!looksLikeEmail(question.email.trim()) && { email: "emailWrong" as const }),
    ...(!event && { event: "eventMissing" as const }),
    ...(!isMoment(question.from) && { from: "fromMissing" as const }),
    ...(!isMoment(question.to)
      ? { to: "fromMissing" as const }
      : question.to < question.from && { to: "order" as const }),
  };
}

export interface ExplainVariables {
  readonly email: string;
  readonly customEventId?: number;
  readonly customEvent?: string;
  readonly from: string;
  readonly to: string;
}

/** Give the API's variables of a question without faults. Digits are an ID, anything else a slug. */
export function variablesOf({ email, event, from, to }: Question): ExplainVariables {
  const typed = typeof event === "string" ? event.trim() : "";
  const number = typeof event === "string" ? (/^\d{1,9}$/.test(typed) ? Number(typed) : undefined) : event?.number;
  return {
    email: email.trim(),
    ...(number === undefined ? { customEvent: typed } : { customEventId: number }),
    from: new Date(from).toISOString(),
    to: new Date(new Date(to).getTime() + 59_999).toISOString(),
  };
}
