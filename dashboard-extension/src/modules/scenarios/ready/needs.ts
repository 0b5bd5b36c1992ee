import type { ReadyScenariosQuery } from "@/graphql/generated";
import { EMPTY, type Flow, isFlow } from "@/modules/scenarios/definition";

export type Ready = ReadyScenariosQuery["customEventReadyScenarios"][number];
export type NamedAction = ReadyScenariosQuery["customEventActions"][number];

/** What a ready scenario does, as a flow to be looked at: its events are slugs. */
export function flowOf({ definition }: Pick<Ready, "definition">): Flow {
  return isFlow(definition) ? definition : EMPTY;
}

/** What must be there for it to be published and to run. */
export interface Needs {
  /** The store's permission codes that publishing needs beside defining, sorted. */
  readonly permissions: readonly string[];
  readonly sendsMail: boolean;
}

/** `unverified`: the permissions of whoever lets unverified addresses in. */
export function needsOf(flow: Flow, actions: readonly NamedAction[], unverified: readonly string[]): Needs {
  const taken = new Set(flow.steps.filter(({ type }) => type === "action").map(({ action }) => action));
  const asked = actions.filter(({ name }) => taken.has(name)).flatMap(({ permissions }) => permissions);
  const allows = flow.starts.some(({ allowUnverified }) => allowUnverified === true);
  return {
    permissions: [...new Set([...asked, ...(allows ? unverified : [])])].sort(),
    sendsMail: taken.has("send_email"),
  };
}

/** Which event comes in the place of one that it needs. */
export type Taken =
  /** The store's of the same slug, else a new one. */
  | { readonly as: "own" }
  /** Another one of the store's; undefined: not chosen yet. */
  | { readonly as: "other"; readonly event: { readonly id: string } | undefined };

/** What is sent of the events that were chosen. */
export function chosenEvents(taken: Readonly<Record<string, Taken>>): { slug: string; event: string }[] {
  return Object.entries(taken).flatMap(([slug, one]) =>
    one.as === "other" && one.event ? [{ slug, event: one.event.id }] : [],
  );
}

/** Whether an event was to be chosen and is not. */
export function isUnchosen(taken: Taken | undefined): boolean {
  return taken?.as === "other" && taken.event === undefined;
}
