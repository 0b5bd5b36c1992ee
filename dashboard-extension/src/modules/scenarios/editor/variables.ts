import { reachedFrom } from "@/modules/scenarios/arrows";
import { type Flow, type Step, textOf } from "@/modules/scenarios/definition";
import { CUSTOMER } from "@/modules/scenarios/operands";

/** An event of a start point, as far as the editor needs it. */
export interface KnownEvent {
  readonly number: number;
  readonly name: string;
  readonly slug: string;
  readonly id: string;
  readonly public: boolean;
  readonly archivedAt?: string | null;
  readonly dataFields: readonly { readonly name: string; readonly type: string; readonly required: boolean }[];
}

export type Known = ReadonlyMap<number, KnownEvent>;

/** A data field that a scenario may look at, with its type where all events that declare it agree. */
export interface DeclaredField {
  readonly name: string;
  readonly type: string | undefined;
}

/** The fields that the start points' events declare: all of them, or those of one start point. */
export function declaredFields(flow: Flow, known: Known, start?: string): readonly DeclaredField[] {
  const starts = start === undefined ? flow.starts : flow.starts.filter((one) => one.id === start);
  const types = new Map<string, Set<string>>();
  for (const { event } of starts)
    for (const field of (typeof event === "number" ? known.get(event) : undefined)?.dataFields ?? [])
      types.set(field.name, (types.get(field.name) ?? new Set()).add(field.type));
  return [...types].map(([name, found]) => ({ name, type: found.size === 1 ? [...found][0] : undefined }));
}

/** The action steps from which a way leads to this one: what they gave can be used here. */
export function earlierActions(flow: Flow, id: string): readonly Step[] {
  return flow.steps.filter((step) => step.type === "action" && step.id !== id && reachedFrom(flow, step.id).has(id));
}

/** What a template can name, as Liquid writes it (docs/definition.md, "Templates"). */
export function templateNames(
  flow: Flow,
  known: Known,
  id: string,
): Readonly<Record<"dataFields" | "customer" | "occurrence" | "event" | "steps", readonly string[]>> {
  const fields = declaredFields(flow, known).map(({ name }) =>
    /^[A-Za-z_][\w-]*$/.test(name) ? `dataFields.${name}` : `dataFields[${JSON.stringify(name)}]`,
  );
  const outputs = earlierActions(flow, id).flatMap((step) => outputsOf(step).map((name) => stepName(step.id, name)));
  return {
    dataFields: fields,
    customer: [...Object.keys(CUSTOMER).map((name) => `customer.${name}`), "customer.id"],
    occurrence: ["channel", "url", "occurredAt", "registeredAt", "identity", "id"].map((name) => `occurrence.${name}`),
    event: ["name", "slug", "number"].map((name) => `event.${name}`),
    steps: outputs,
  };
}

function stepName(id: string, name: string): string {
  return /^[A-Za-z_][\w-]*$/.test(id) ? `steps.${id}.${name}` : `steps["${id}"].${name}`;
}

/** What our own actions give to later steps (docs/actions.md); another package's are not described anywhere. */
const OUTPUTS: Readonly<Record<string, readonly string[]>> = {
  send_webhook: ["status", "response"],
  fire_event: ["occurrenceId"],
};

export function outputsOf(step: Step): readonly string[] {
  return OUTPUTS[textOf(step.action)] ?? [];
}

/** A text with `{{ name }}` put in between two positions. */
export function withVariable(
  text: string,
  name: string,
  from: number,
  to: number,
): { readonly text: string; readonly caret: number } {
  const put = `{{ ${name} }}`;
  return { text: text.slice(0, from) + put + text.slice(to), caret: from + put.length };
}

/** The permissions that publishing a flow needs and that are not held, with the actions that need them. */
export function missingToPublish(
  flow: Flow,
  actions: readonly { readonly name: string; readonly permissions: readonly string[] }[],
  held: ReadonlySet<string>,
  allowUnverified: readonly string[],
): readonly string[] {
  const needed = flow.steps.flatMap((step) =>
    step.type === "action" ? (actions.find(({ name }) => name === step.action)?.permissions ?? []) : [],
  );
  const missing = needed.filter((code) => !held.has(code));
  const unverified = flow.starts.some((start) => start.allowUnverified === true) ? allowUnverified : [];
  return [...new Set([...missing, ...unverified])].sort();
}
