import type { DiffMemberFragment, DiffPartFragment, ScenarioDiffQuery } from "@/graphql/generated";
import { isMembers, type Json, type Members, type Step } from "@/modules/scenarios/definition";
import { exitsOf } from "@/modules/scenarios/exits";
import { exitText, kindText, stepTitle } from "@/modules/scenarios/summary";
import { aligned, type Read, readFlow, stepIds } from "@/modules/scenarios/versions/aligned";
import {
  isWritten,
  memberLabel,
  memberText,
  type PartKind,
  type Whole,
  type Words,
} from "@/modules/scenarios/versions/change-words";

export type Difference = ScenarioDiffQuery["customEventScenarioDiff"];
export type Told = "ADDED" | "REMOVED" | "CHANGED" | "MOVED" | "SAME";

/** One member of a part, as it was and as it is; undefined: the part does not exist there. */
export interface Line {
  readonly place: string;
  readonly label: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Its words are compared, since somebody wrote it. */
  readonly isWritten: boolean;
}

/** A step, start point or exit rule in both versions. */
export interface Row {
  readonly id: string;
  readonly kind: PartKind;
  readonly told: Told;
  readonly moved: boolean;
  /** Its name there; undefined: it does not exist. */
  readonly before: Head | undefined;
  readonly after: Head | undefined;
  readonly lines: readonly Line[];
}

export interface Head {
  /** Its number on the page; of an exit rule none. */
  readonly number: number | undefined;
  readonly title: string;
  readonly kind: string;
}

export interface SideBySide {
  readonly starts: readonly Row[];
  readonly steps: readonly Row[];
  readonly exits: readonly Row[];
  /** Members of the definition beside these. */
  readonly others: readonly Line[];
}

/** Both versions side by side, as one reads them on the page. What only follows from others is left out. */
export function sideBySide(difference: Difference, words: Words): SideBySide {
  const sides = { before: readFlow(difference.definitionBefore), after: readFlow(difference.definitionAfter) };
  return {
    starts: startRows(difference.starts, sides, words),
    steps: stepRows(difference.steps, sides, words),
    exits: exitRows(difference.exits, sides, words),
    others: difference.members.map(({ place, before, after }) => ({
      place,
      label: place,
      before: JSON.stringify(before),
      after: JSON.stringify(after),
      isWritten: false,
    })),
  };
}

interface Sides {
  readonly before: Read;
  readonly after: Read;
}

function stepRows(changes: readonly DiffPartFragment[], sides: Sides, words: Words): readonly Row[] {
  const found = new Map(changes.map((change) => [change.id, change]));
  const moved = new Set(changes.filter((change) => change.moved).map(({ id }) => id));
  const rows = aligned(stepIds(sides.before), stepIds(sides.after), moved);
  // What the page does not show (a draft that is no flow) is told all the same.
  const shown = new Set(rows.map(({ id }) => id));
  const hidden = changes.filter(({ id, told }) => told && !shown.has(id)).map(({ id }) => id);
  return [...rows.map(({ id }) => id), ...hidden].map((id) => {
    const step = (read: Read) => read.flow.steps.find((one) => one.id === id);
    const change = found.get(id);
    const [before, after] = [
      membersOf(change?.before) ?? step(sides.before),
      membersOf(change?.after) ?? step(sides.after),
    ];
    const head = (members: Members | undefined, read: Read) =>
      members && stepHead(members, read.numbers.get(id), words);
    return row("step", id, change, sides, words, {
      before: head(change?.told === "ADDED" ? undefined : before, sides.before),
      after: head(change?.told === "REMOVED" ? undefined : after, sides.after),
    });
  });
}

function stepHead(members: Members, number: number | undefined, { language, actions }: Words): Head {
  const step = members as Step;
  const [title, kind] = [stepTitle(step, language, actions), kindText(step, language, actions)];
  return { number, title, kind: kind === title ? "" : kind };
}

function startRows(changes: readonly DiffPartFragment[], sides: Sides, words: Words): readonly Row[] {
  const found = new Map(changes.map((change) => [change.id, change]));
  const ids = (read: Read) => read.flow.starts.map(({ id }) => id);
  const listed = aligned(ids(sides.before), ids(sides.after)).map(({ id }) => id);
  const hidden = changes.map(({ id }) => id).filter((id) => !listed.includes(id));
  return [...listed, ...hidden].map((id) => {
    const change = found.get(id);
    const head = (read: Read, written: unknown): Head | undefined => {
      const at = read.flow.starts.findIndex((one) => one.id === id);
      const members = membersOf(written) ?? read.flow.starts[at];
      if (!members) return undefined;
      const title = memberText({ kind: "start", members, read }, "event", members.event, words);
      return { number: at + 1, title, kind: "" };
    };
    return row("start", id, change, sides, words, {
      before: head(sides.before, change?.before),
      after: head(sides.after, change?.after),
    });
  });
}

function exitRows(changes: readonly DiffPartFragment[], sides: Sides, words: Words): readonly Row[] {
  const head = (rule: unknown): Head | undefined =>
    isMembers(rule)
      ? { number: undefined, title: exitText(rule, words.language, words.eventName), kind: "" }
      : undefined;
  const differing = new Set(changes.map(({ after }) => JSON.stringify(after)));
  const same = exitsOf(sides.after.flow).filter((rule) => !differing.has(JSON.stringify(rule)));
  return [
    ...same.map((rule, at) => ({
      ...row("exit", `same ${at}`, undefined, sides, words, { before: head(rule), after: head(rule) }),
    })),
    ...changes.map((change) =>
      row("exit", change.id, change, sides, words, { before: head(change.before), after: head(change.after) }),
    ),
  ];
}

function row(
  kind: PartKind,
  id: string,
  change: DiffPartFragment | undefined,
  sides: Sides,
  words: Words,
  heads: Pick<Row, "before" | "after">,
): Row {
  const told = change?.told ?? "SAME";
  const moved = Boolean(change?.moved);
  if (!change?.told) return { id, kind, told, moved, ...heads, lines: [] };
  const whole = (members: unknown, read: Read): Whole => ({ kind, members: membersOf(members) ?? {}, read });
  const [old, now] = [whole(change.before, sides.before), whole(change.after, sides.after)];
  if (told === "ADDED") return { id, kind, told, moved, ...heads, lines: allOf(now, words, "after") };
  if (told === "REMOVED") return { id, kind, told, moved, ...heads, lines: allOf(old, words, "before") };
  const lines = change.members.filter((member) => !member.follows).map((member) => lineOf(member, old, now, words));
  return { id, kind, told, moved, ...heads, lines: asInForm(lines, now, words) };
}

function lineOf(member: DiffMemberFragment, old: Whole, now: Whole, words: Words): Line {
  const { place } = member;
  const [before, after] = [member.before as Json, member.after as Json];
  // Of a setting that is gone with its action the label is the old action's.
  const named = after === null && before !== null ? old : now;
  return {
    place,
    label: memberLabel(named, place, words),
    before: memberText(old, place, before, words),
    after: memberText(now, place, after, words),
    isWritten: isWritten(now, place, words) && typeof before === typeof after && before !== null && after !== null,
  };
}

/** Said by a part's head already, or by where it stands. */
const SAID: readonly string[] = ["id", "label", "next"];

/** All that a part says, where the other version has no such part. */
function allOf(whole: Whole, words: Words, side: "before" | "after"): readonly Line[] {
  const lines = placesOf(whole).map(([place, value]) => {
    const text = memberText(whole, place, value, words);
    return {
      place,
      label: memberLabel(whole, place, words),
      before: side === "before" ? text : undefined,
      after: side === "after" ? text : undefined,
      isWritten: false,
    };
  });
  return asInForm(lines, whole, words);
}

/** Settings in the order of the action's form: PostgreSQL keeps none. */
function asInForm(lines: readonly Line[], { members }: Whole, { actions }: Words): readonly Line[] {
  const names = actions.find(({ name }) => name === members.action)?.settings.map(({ name }) => name) ?? [];
  const at = ({ place }: Line) => names.findIndex((name) => `${place}.`.startsWith(`config.${name}.`));
  return [...lines].sort((one, other) => at(one) - at(other));
}

type Placed = readonly [place: string, value: Json | undefined];

function placesOf({ kind, members }: Whole): readonly Placed[] {
  const said = kind === "step" ? [...SAID, "type", "action"] : [...SAID, "type", "event"];
  return Object.entries(members).flatMap(([name, value]): readonly Placed[] => {
    if (said.includes(name) || value === undefined || value === null || value === "" || value === false) return [];
    if (name === "config" && isMembers(value))
      return Object.entries(value)
        .filter(([, one]) => one !== "" && one !== null)
        .map(([setting, one]): Placed => [`config.${setting}`, one]);
    if (name === "branches" && Array.isArray(value))
      return (value as readonly Json[]).map((branch, at): Placed => [`branches[${at}]`, branch]);
    return [[name, value]];
  });
}

function membersOf(value: unknown): Members | undefined {
  return isMembers(value) ? value : undefined;
}
