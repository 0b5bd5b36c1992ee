import type { SettingsQuery } from "@/graphql/generated";

export type Settings = SettingsQuery["customEventSettings"];

/** What a merchant types. */
export interface Fields {
  readonly publicUrl: string;
  readonly senderAddress: string;
  readonly senderName: string;
}

export interface Problem {
  readonly field?: string | null;
  readonly code: string;
  readonly message: string;
}

export function fieldsOf(settings: Settings): Fields {
  const { publicUrl, senderAddress, senderName } = settings;
  return { publicUrl, senderAddress, senderName };
}

/** What differs from what is kept: only that is sent, so that nobody's change elsewhere is undone. */
export function changesOf(draft: Fields, kept: Fields): Partial<Fields> {
  const names = Object.keys(draft) as (keyof Fields)[];
  const changed = names.filter((name) => draft[name].trim() !== kept[name]);
  return Object.fromEntries(changed.map((name) => [name, draft[name].trim()]));
}

/** The problem of one field; with none named, whatever belongs to no field. */
export function problemAt(problems: readonly Problem[], field?: keyof Fields): Problem | undefined {
  const fields: readonly (string | null | undefined)[] = ["publicUrl", "senderAddress", "senderName"];
  return problems.find((problem) => (field ? problem.field === field : !fields.includes(problem.field)));
}
