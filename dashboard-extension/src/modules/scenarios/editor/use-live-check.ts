import { useCallback, useEffect, useMemo, useState } from "react";
import { type DraftCheckFragment, ScenarioCheckDocument } from "@/graphql/generated";
import { ask, Failure } from "@/lib/api";
import type { Flow } from "@/modules/scenarios/definition";
import { type Located, located, standing } from "@/modules/scenarios/editor/problems";

/** Milliseconds after the last change before the draft is checked, and between two tries that got no answer. */
const PAUSE = 400;
const AGAIN = 5_000;

/** `current`: of what is on the page. `unreachable`: of what was there when the store answered last. */
export type CheckState = "current" | "checking" | "unreachable";

/** What stands between what is on the page and its publishing, as far as it is known. */
export interface LiveCheck {
  readonly state: CheckState;
  readonly problems: readonly Located[];
  readonly warnings: DraftCheckFragment["warnings"];
  readonly needs: DraftCheckFragment["needs"];
  /** Ask again, since something beside the draft has changed. */
  readonly again: () => void;
}

interface Found {
  readonly check: DraftCheckFragment;
  /** What was checked. */
  readonly flow: Flow;
}

interface Checked {
  /** The scenario's global id. */
  readonly id: string;
  /** What the server has, and what it said of it. */
  readonly saved: Flow;
  readonly check: DraftCheckFragment;
  /** What is on the page. */
  readonly flow: Flow;
  /** Nothing that can be published. */
  readonly skip: boolean;
}

/** Checks a draft while it is edited, some moments after the last change; the newest answer counts. */
export function useLiveCheck({ id, saved, check, flow, skip }: Checked): LiveCheck {
  const [found, setFound] = useState<Found>({ check, flow: saved });
  const [isLost, setLost] = useState(false);
  const [turn, setTurn] = useState(0);
  const [done, setDone] = useState(0);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  // What the server says when it saves or publishes is the newest there is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a check comes together with the draft that it is of
  useEffect(() => setFound({ check, flow: saved }), [check]);
  const isKnown = useMemo(() => turn === done && isSame(found.flow, flow), [turn, done, found.flow, flow]);

  useEffect(() => {
    if (skip || isKnown) return setLost(false);
    const stopping = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      try {
        const answer = await ask(ScenarioCheckDocument, { id, draft: flow }, stopping.signal);
        setFound({ check: answer.customEventScenarioCheck, flow });
        setDone(turn);
      } catch (error) {
        if (stopping.signal.aborted) return;
        setLost(true);
        // What is refused would be refused again.
        if (error instanceof Failure && error.kind !== "refused") timer = setTimeout(look, AGAIN);
      }
    };
    timer = setTimeout(look, PAUSE);
    return () => {
      stopping.abort();
      clearTimeout(timer);
    };
  }, [id, flow, turn, isKnown, skip]);
  useBackAgain(again);

  const problems = useMemo(() => located(found.check.problems, found.flow), [found]);
  const stillThere = useMemo(() => standing(problems, flow), [problems, flow]);
  return {
    state: isLost ? "unreachable" : isKnown || skip ? "current" : "checking",
    problems: stillThere,
    warnings: found.check.warnings,
    needs: found.check.needs,
    again,
  };
}

/** Asks again when somebody comes back to the page, or to the net: what they did elsewhere may have mended something. */
function useBackAgain(again: () => void): void {
  useEffect(() => {
    window.addEventListener("focus", again);
    window.addEventListener("online", again);
    return () => {
      window.removeEventListener("focus", again);
      window.removeEventListener("online", again);
    };
  }, [again]);
}

function isSame(one: Flow, other: Flow): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
