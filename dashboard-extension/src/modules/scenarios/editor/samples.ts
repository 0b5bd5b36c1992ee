import type { ScenarioSamplesQuery } from "@/graphql/generated";
import type { FieldType } from "@/modules/events/event-form";
import { SAMPLES } from "@/modules/events/values";
import { shownValue } from "@/modules/log/values";
import type { DeclaredField } from "@/modules/scenarios/editor/variables";

/** Values that were there before, by what they are of (`dataFields.size`, `customer.email`); the newest first. */
export type Samples = ReadonlyMap<string, readonly unknown[]>;

export const NO_SAMPLES: Samples = new Map();
/** Values of one name. */
const MOST = 8;
/** Characters of a sample that is shown. */
const LONGEST = 40;

type Node = NonNullable<ScenarioSamplesQuery["customEventInvocations"]>["edges"][number]["node"];

/** What the log has of the latest occurrences, as far as the reader may see it: what is masked is no sample. */
export function samplesOf(nodes: readonly Node[]): Samples {
  const samples = new Map<string, unknown[]>();
  const note = (name: string, value: unknown) => {
    if (value === null || value === undefined || value === "") return;
    const known = samples.get(name) ?? [];
    const isNew = known.length < MOST && !known.some((one) => JSON.stringify(one) === JSON.stringify(value));
    if (isNew) samples.set(name, [...known, value]);
  };
  for (const { occurrence, customerEmail, isMasked } of nodes) {
    note("occurrence.channel", occurrence?.channel);
    if (isMasked || occurrence?.isMasked) continue;
    note("customer.email", customerEmail);
    note("occurrence.email", customerEmail);
    note("occurrence.url", occurrence?.url);
    for (const { name, value } of occurrence?.dataFields ?? []) note(`dataFields.${name}`, value);
  }
  return samples;
}

/** All samples of several events. */
export function merged(several: readonly Samples[]): Samples {
  const all = new Map<string, readonly unknown[]>();
  for (const samples of several)
    for (const [name, values] of samples) all.set(name, [...(all.get(name) ?? []), ...values].slice(0, MOST));
  return all;
}

interface Words {
  readonly yes: string;
  readonly no: string;
}

/** The newest value of a data field, or what one of its type looks like, as a reader writes it. */
export function sampleText(field: DeclaredField, samples: Samples, locale: string, words: Words): string | undefined {
  const type = field.type as FieldType | undefined;
  const [newest] = samples.get(`dataFields.${field.name}`) ?? [];
  // What names something of the store is an ID: an example of one says nothing.
  const value = newest ?? (type && !isReference(type) ? SAMPLES[type] : undefined);
  return value === undefined ? undefined : shortened(shownValue(type ?? "STRING", asSent(value), locale, words).text);
}

/** A value of which no type is known: an e-mail, a channel. */
export function plainSample(name: string, samples: Samples): string | undefined {
  const [newest] = samples.get(name) ?? [];
  return newest === undefined ? undefined : shortened(String(newest));
}

function isReference(type: FieldType): boolean {
  return ["VARIANT", "PRODUCT", "CHECKOUT", "ORDER"].includes(type);
}

/** Numbers are texts in the log, with every decimal. */
function asSent(value: unknown): unknown {
  return typeof value === "number" ? String(value) : value;
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
