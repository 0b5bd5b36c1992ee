import type { CustomEventKeyCreateInput, CustomEventKeyUpdateInput, KeyDetailsFragment } from "@/graphql/generated";

/** A key as it is being made or changed. Lists are typed one a line. */

export type KeyDetails = KeyDetailsFragment;
export type KeyType = KeyDetails["type"];

export interface KeyDraft {
  readonly name: string;
  readonly type: KeyType;
  readonly channels: string;
  readonly origins: string;
  readonly allowedFields: string;
}

export const NEW_KEY: KeyDraft = { name: "", type: "STOREFRONT", channels: "", origins: "", allowedFields: "" };
export const LISTS = ["channels", "origins", "allowedFields"] as const;
export type List = (typeof LISTS)[number];

export interface Problem {
  readonly field?: string | null;
  readonly code: string;
  readonly message: string;
}

export function draftOf(key: KeyDetails): KeyDraft {
  const { name, type, channels, origins, allowedFields } = key;
  return {
    name,
    type,
    channels: channels.join("\n"),
    origins: origins.join("\n"),
    allowedFields: allowedFields.join("\n"),
  };
}

/** The lines that say something, as the server counts them. */
export function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

export function createInput(draft: KeyDraft): CustomEventKeyCreateInput {
  return { ...updateInput(draft), name: draft.name.trim(), type: draft.type };
}

/** A server's key is bound to channels alone: browsers and their websites are no matter of it. */
export function updateInput(draft: KeyDraft): CustomEventKeyUpdateInput {
  const channels = { name: draft.name.trim(), channels: linesOf(draft.channels) };
  if (draft.type === "SERVER") return channels;
  return { ...channels, origins: linesOf(draft.origins), allowedFields: linesOf(draft.allowedFields) };
}

export function isChanged(draft: KeyDraft, before: KeyDraft): boolean {
  return JSON.stringify([draft.type, updateInput(draft)]) !== JSON.stringify([before.type, updateInput(before)]);
}

/** What can be said without the server. */
export function problemsOf(draft: KeyDraft): readonly Problem[] {
  return draft.name.trim() ? [] : [{ field: "name", code: "REQUIRED", message: "A key needs a name." }];
}

/** What is wrong with one line of a list: `origins[1]` is its second line. */
export function wrongLine(
  problems: readonly Problem[],
  draft: KeyDraft,
  list: List,
): { readonly problem: Problem; readonly line: string } | undefined {
  const problem = problems.find(({ field }) => field === list || field?.startsWith(`${list}[`));
  if (!problem) return undefined;
  const at = Number(problem.field?.slice(list.length + 1, -1));
  return { problem, line: linesOf(draft[list])[at] ?? "" };
}
