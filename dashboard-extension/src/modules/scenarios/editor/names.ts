import type { Language } from "@/lib/bridge";
import { say as sayIn } from "@/lib/texts";
import type { Flow, Step } from "@/modules/scenarios/definition";
import { memberWords, nameTexts, outputWords } from "@/modules/scenarios/editor/name-texts/messages";
import { plainSample, type Samples, sampleText } from "@/modules/scenarios/editor/samples";
import {
  type DeclaredField,
  declaredFields,
  earlierResults,
  earlierVariables,
  fieldPath,
  type Known,
  outputsOf,
  type Scope,
  stepName,
} from "@/modules/scenarios/editor/variables";
import { CHECKOUT, CUSTOMER, MEMBERS, OCCURRENCE, ORDERS } from "@/modules/scenarios/operands";
import { type ActionName, operandText, stepTitle } from "@/modules/scenarios/summary";
import type { Findable } from "@/ui/finder";
import { common } from "@/words/words";

/** What can be named in texts and compared in conditions: in a merchant's words, with what each looked like last. */
export interface World {
  readonly flow: Flow;
  readonly events: Known;
  readonly numbers: ReadonlyMap<string, number>;
  readonly actions: readonly ActionName[];
  readonly samples: Samples;
  readonly language: Language;
  readonly locale: string;
}

type NameText = keyof (typeof nameTexts)["en"];

/** Prefixes whose name is typed beside the list. */
export const FIELD = "dataFields.";
export const METADATA = "customer.metadata.";

/** What a template of a step can name; the keys are as Liquid writes them (docs/definition.md, "Templates"). */
export function templateNames(world: World, id: string): readonly Findable[] {
  const { flow, events } = world;
  const fields = declaredFields(flow, events);
  const listened = flow.starts.flatMap(({ event }) => (typeof event === "number" ? (events.get(event) ?? []) : []));
  const ofEvent = (name: "name" | "slug" | "number"): Findable => ({
    key: `event.${name}`,
    label: text(world, `event.${name}`),
    sample: example(world, listened[0] && String(listened[0][name])),
    group: text(world, "event"),
  });
  return [
    ...fields.map((field) => ofField(world, field, fieldPath(field.name))),
    ...fields.flatMap((field) =>
      printed(field).map((member) => ofMember(world, field, member, `${fieldPath(field.name)}.${member}`)),
    ),
    ...[...Object.keys(CUSTOMER), "id"].map((name) => ofKnown(world, "customer", name)),
    ...earlierResults(flow, id).flatMap((step) =>
      outputsOf(step, events).map((name) => ofResult(world, step, name, stepName(step.id, name))),
    ),
    ...variablesOf(world, id),
    ...["channel", "url", "occurredAt", "registeredAt", "identity", "id"].map((name) =>
      ofKnown(world, "occurrence", name),
    ),
    ...(["name", "slug", "number"] as const).map(ofEvent),
  ];
}

/** What a comparison can look at; the keys are left sides, and those that end in a dot want a name after it. */
export function operandNames(
  world: World,
  part: string,
  scope: Scope,
  fields: readonly DeclaredField[],
): readonly Findable[] {
  const { flow, events } = world;
  const other = (key: string, label: NameText): Findable => ({
    key,
    label: text(world, label),
    group: text(world, "other"),
  });
  const earlier = scope.results ? earlierResults(flow, part) : [];
  const asked = (source: "orders" | "checkout", names: object): readonly Findable[] =>
    Object.keys(names).map((name) => ofStore(world, `${source}.${name}`));
  return [
    ...fields.map((field) => ofField(world, field, FIELD + field.name)),
    ...(scope.results
      ? [
          ...fields.flatMap((field) => fieldInStore(world, field)),
          ...asked("orders", ORDERS),
          ...asked("checkout", CHECKOUT),
        ]
      : []),
    ...(scope.customer ? Object.keys(CUSTOMER).map((name) => ofKnown(world, "customer", name)) : []),
    ...earlier.flatMap((step) => resultsOf(world, step, outputsOf(step, events))),
    ...(scope.results ? variablesOf(world, part) : []),
    ...Object.keys(OCCURRENCE).map((name) => ofKnown(world, "occurrence", name)),
    other(FIELD, "otherField"),
    ...(scope.customer ? [other(METADATA, "metadataKey")] : []),
  ];
}

function text(world: World, key: NameText, values?: Readonly<Record<string, string | number>>): string {
  return sayIn(nameTexts, world.language, key, values);
}

function example(world: World, value: string | undefined): string | undefined {
  return value ? text(world, "example", { value }) : undefined;
}

function ofField(world: World, field: DeclaredField, key: string): Findable {
  const words = { yes: sayIn(common, world.language, "yes"), no: sayIn(common, world.language, "no") };
  return {
    key,
    label: field.name,
    // Of what names something of the store the store is asked, whoever names it.
    hint: field.isPublic && !MEMBERS[field.type ?? ""] ? text(world, "sentByBrowser") : undefined,
    sample: example(world, sampleText(field, world.samples, world.locale, words)),
    group: text(world, "dataFields"),
  };
}

function ofMember(world: World, { name }: DeclaredField, member: string, key: string): Findable {
  const isOurs = member in memberWords.en;
  const called = isOurs ? sayIn(memberWords, world.language, member as keyof (typeof memberWords)["en"]) : member;
  return { key, label: text(world, "member", { name, member: called }), group: text(world, "store") };
}

function ofKnown(world: World, source: "customer" | "occurrence", name: string): Findable {
  const key = `${source}.${name}`;
  return {
    key,
    label: name === "id" ? text(world, `${source}.id`) : operandText(key, world.language),
    sample: example(world, plainSample(key, world.samples)),
    group: text(world, source),
  };
}

function ofStore(world: World, key: string): Findable {
  return { key, label: operandText(key, world.language), group: text(world, "store") };
}

function ofResult(world: World, step: Step, name: string, key: string): Findable {
  const isOurs = step.type === "action" && name in outputWords.en;
  const called = isOurs ? sayIn(outputWords, world.language, name as keyof (typeof outputWords)["en"]) : name;
  return { key, label: text(world, "result", { ...ofStep(world, step), name: called }), group: text(world, "steps") };
}

function resultsOf(world: World, step: Step, outputs: readonly string[]): readonly Findable[] {
  const key = `steps.${step.id}.`;
  return [
    ...outputs.map((name) => ofResult(world, step, name, key + name)),
    { key, label: text(world, "otherResult", ofStep(world, step)), group: text(world, "steps") },
  ];
}

function ofStep({ numbers, language, actions }: World, step: Step) {
  return { number: numbers.get(step.id) ?? 0, title: stepTitle(step, language, actions) };
}

function variablesOf(world: World, id: string): readonly Findable[] {
  return earlierVariables(world.flow, id).map((name) => ({
    key: `variables.${name}`,
    label: name,
    group: text(world, "variables"),
  }));
}

/** What the store has of what a data field names, for texts: of carts and orders their lines too. */
function printed({ type }: DeclaredField): readonly string[] {
  const members = Object.keys(MEMBERS[type ?? ""] ?? {});
  return type === "CHECKOUT" || type === "ORDER" ? [...members, "lines"] : members;
}

/** The same for conditions, and whether what it names is in stock. */
function fieldInStore(world: World, field: DeclaredField): readonly Findable[] {
  return Object.keys(MEMBERS[field.type ?? ""] ?? {}).map((member) =>
    ofMember(world, field, member, `${FIELD}${field.name}.${member}`),
  );
}
