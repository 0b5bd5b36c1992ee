import { useCallback, useState } from "react";
import type { Flow } from "@/modules/scenarios/definition";
import { EMPTY } from "@/modules/scenarios/definition";
import {
  type Last,
  NEW_TRIAL,
  type sorted,
  type Tally,
  type Trial,
  type Tried,
} from "@/modules/scenarios/testing/trial";

/** Something that was tried, and the flow that it was tried with: the page may be edited since. */
export interface Outcome<Result> {
  readonly result: Result;
  readonly flow: Flow;
  /** The call as text: another one is another test. */
  readonly asked: string;
}

export type Kind = "one" | "many";

/** All that the panel remembers of a scenario while the page is open: one goes to and fro between building and testing. */
export interface Session {
  readonly kind: Kind;
  readonly trial: Trial;
  readonly last: Last;
  /** Test again by itself after a change. */
  readonly isAuto: boolean;
  /** What it is tested with is shown. */
  readonly isOpen: boolean;
  readonly one?: Outcome<Tried>;
  readonly many?: Outcome<Tally>;
  /** Why the last call of each kind gave nothing to show. */
  readonly problems: Readonly<Record<Kind, ReturnType<typeof sorted>>>;
  /** The last call as text, whatever came of it. */
  readonly asked: Readonly<Record<Kind, string>>;
  /** The part that is told of; of one occurrence, at which visit. */
  readonly part?: string;
  readonly visit?: number;
}

export const NO_PROBLEMS: ReturnType<typeof sorted> = { draft: [], occurrence: [] };
const FIRST: Session = {
  kind: "one",
  trial: NEW_TRIAL,
  last: 50,
  isAuto: false,
  isOpen: true,
  problems: { one: NO_PROBLEMS, many: NO_PROBLEMS },
  asked: { one: "", many: "" },
};

/** By the scenario's id; in memory alone, since it may hold what customers sent. */
const kept = new Map<string, Session>();

export type SetSession = (change: (now: Session) => Session) => void;

/** The session of a scenario. `email`: whom a typed occurrence is about at first. */
export function useSession(scenario: string, email: string): readonly [Session, SetSession] {
  const [session, set] = useState<Session>(() => kept.get(scenario) ?? { ...FIRST, trial: { ...NEW_TRIAL, email } });
  const change = useCallback<SetSession>(
    (edit) =>
      set((now) => {
        const next = edit(now);
        kept.set(scenario, next);
        return next;
      }),
    [scenario],
  );
  return [session, change];
}

/** What was tried last in the chosen way. */
export function shownOf(session: Session): Outcome<Tried> | Outcome<Tally> | undefined {
  return session[session.kind];
}

export function flowOf(session: Session): Flow {
  return shownOf(session)?.flow ?? EMPTY;
}
