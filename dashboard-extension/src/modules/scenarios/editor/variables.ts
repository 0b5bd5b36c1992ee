import { reachedFrom } from "@/modules/scenarios/arrows";
import { type Flow, type Json, type Step, textOf } from "@/modules/scenarios/definition";

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
  /** A browser may send it: of some event that declares it, nobody vouches for the value. */
  readonly isPublic: boolean;
}

/** What a condition can look at. */
export interface Scope {
  /** The one event whose data fields it sees (null: not chosen yet); left out: those of all start points. */
  readonly event?: number | null;
  readonly customer: boolean;
  /** What earlier steps gave, and variables. */
  readonly results: boolean;
}

export const OF_STEP: Scope = { customer: true, results: true };

/** What a filter sees: the occurrence of an event, and perhaps the customer. */
export function scopeOf(event: Json | undefined, customer = false): Scope {
  return { event: typeof event === "number" ? event : null, customer, results: false };
}

/** The fields that the start points' events declare, or those of one event (null: of none). */
export function declaredFields(flow: Flow, known: Known, only?: number | null): readonly DeclaredField[] {
  const events = only === undefined ? flow.starts.map((start) => start.event) : [only];
  const types = new Map<string, Set<string>>();
  const open = new Set<string>();
  for (const number of events) {
    const event = typeof number === "number" ? known.get(number) : undefined;
    for (const field of event?.dataFields ?? []) {
      types.set(field.name, (types.get(field.name) ?? new Set()).add(field.type));
      if (event?.public) open.add(field.name);
    }
  }
  return [...types].map(([name, found]) => ({
    name,
    type: found.size === 1 ? [...found][0] : undefined,
    isPublic: open.has(name),
  }));
}

/** The steps from which a way leads to this one and that give results: actions, and waits for an event. */
export function earlierResults(flow: Flow, id: string): readonly Step[] {
  return earlier(flow, id).filter((step) => step.type === "action" || step.type === "waitForEvent");
}

/** The names of variables that are set before this step. */
export function earlierVariables(flow: Flow, id: string): readonly string[] {
  const set = earlier(flow, id).filter((step) => step.type === "setVariable");
  return [...new Set(set.map((step) => textOf(step.name)).filter(Boolean))];
}

function earlier(flow: Flow, id: string): readonly Step[] {
  return flow.steps.filter((step) => step.id !== id && reachedFrom(flow, step.id).has(id));
}

/** Names that Liquid reads without quotation marks. */
const PLAIN = /^[A-Za-z_][\w-]*$/;

/** How Liquid writes a data field. */
export function fieldPath(name: string): string {
  return PLAIN.test(name) ? `dataFields.${name}` : `dataFields[${JSON.stringify(name)}]`;
}

/** How Liquid writes what a step gave. */
export function stepName(id: string, name: string): string {
  const step = PLAIN.test(id) ? `steps.${id}` : `steps["${id}"]`;
  return PLAIN.test(name) ? `${step}.${name}` : `${step}[${JSON.stringify(name)}]`;
}

/** What our own actions give to later steps (docs/actions.md); another package's are not described anywhere. */
const OUTPUTS: Readonly<Record<string, readonly string[]>> = {
  send_webhook: ["status", "response"],
  fire_event: ["occurrenceId"],
  issue_voucher_code: ["code", "expiresAt"],
};

/** What a step gives to later ones; a wait for an event the data fields that the event declares. */
export function outputsOf(step: Step, known: Known): readonly string[] {
  if (step.type === "waitForEvent")
    return (typeof step.event === "number" ? (known.get(step.event)?.dataFields ?? []) : []).map(({ name }) => name);
  return OUTPUTS[textOf(step.action)] ?? [];
}

/** Of a checkout or an order that a data field names. */
const LINES = ".lines";

/** What stands for a name in a text: itself, or for lines a loop over them. */
function written(name: string): string {
  if (!(name.startsWith("dataFields") && name.endsWith(LINES))) return `{{ ${name} }}`;
  return `{% for line in ${name} %}{{ line.quantity }} × {{ line.productName }} {{ line.variantName }}: {{ line.total }}\n{% endfor %}`;
}

/** A text with `{{ name }}`, or a loop over lines, put in between two positions. */
export function withVariable(
  text: string,
  name: string,
  from: number,
  to: number,
): { readonly text: string; readonly caret: number } {
  const put = written(name);
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
