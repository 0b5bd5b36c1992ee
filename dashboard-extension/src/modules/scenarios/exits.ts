import { type Flow, isMembers, type Json, type Members } from "@/modules/scenarios/definition";

/** Exit rules: what ends an invocation while it waits. They have no ids: a rule is its place. */

export const EXIT_KINDS = ["event", "orderPlaced", "consentWithdrawn"] as const;
export type ExitKind = (typeof EXIT_KINDS)[number];

/** Limit of docs/definition.md. */
export const MOST_EXITS = 10;

export function exitsOf(flow: Flow): readonly Json[] {
  return Array.isArray(flow.exits) ? flow.exits : [];
}

/** How problems and the page name a rule by its place. */
export function exitPart(at: number): string {
  return `exits[${at}]`;
}

const PART = /^exits\[(\d+)\]$/;

/** The place of a rule that is named so; undefined for any other part. */
export function exitAt(part: string | null | undefined): number | undefined {
  const [, at] = PART.exec(part ?? "") ?? [];
  return at === undefined ? undefined : Number(at);
}

/** A rule's type, where this release knows it. */
export function exitKind(rule: Json | undefined): ExitKind | undefined {
  const type = isMembers(rule) ? rule.type : undefined;
  return EXIT_KINDS.find((kind) => kind === type);
}

/** A rule as it begins. */
export function newExit(kind: ExitKind): Members {
  return kind === "event" ? { type: kind, event: null, filter: null } : { type: kind };
}

export function withExit(flow: Flow, rule: Json): Flow {
  return { ...flow, exits: [...exitsOf(flow), rule] };
}

/** Without a rule; without the last one the flow is as one that never had any. */
export function withoutExit(flow: Flow, at: number): Flow {
  const left = exitsOf(flow).filter((_, place) => place !== at);
  if (left.length) return { ...flow, exits: left };
  const { exits: _, ...rest } = flow;
  return rest as Flow;
}

/** Another rule in the same place. */
export function retypedExit(flow: Flow, at: number, kind: ExitKind): Flow {
  return replaced(flow, at, (rule) => (exitKind(rule) === kind ? rule : newExit(kind)));
}

/** Set members of a rule; the others stay. */
export function changedExit(flow: Flow, at: number, members: Members): Flow {
  return replaced(flow, at, (rule) => (isMembers(rule) ? { ...rule, ...members } : rule));
}

function replaced(flow: Flow, at: number, change: (rule: Json) => Json): Flow {
  return { ...flow, exits: exitsOf(flow).map((rule, place) => (place === at ? change(rule) : rule)) };
}
