import { useCallback, useEffect, useRef, useState } from "react";
import type { Failure } from "@/lib/api";
import { asFailure } from "@/lib/use-query";

export interface Task<Arguments extends unknown[], Result> {
  /** Do it; a second call while the first is under way does nothing. Gives undefined where it failed. */
  readonly run: (...given: Arguments) => Promise<Result | undefined>;
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  readonly forget: () => void;
}

/** Something that a person starts (a mutation): once at a time, with its failure kept to be shown. */
export function useTask<Arguments extends unknown[], Result>(
  work: (...given: Arguments) => Promise<Result>,
): Task<Arguments, Result> {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const latest = useRef(work);
  const running = useRef(false);
  const mounted = useRef(true);
  latest.current = work;

  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const run = useCallback(async (...given: Arguments) => {
    if (running.current) return undefined;
    running.current = true;
    setBusy(true);
    setFailure(undefined);
    try {
      return await latest.current(...given);
    } catch (error) {
      if (mounted.current) setFailure(asFailure(error));
      return undefined;
    } finally {
      running.current = false;
      if (mounted.current) setBusy(false);
    }
  }, []);
  const forget = useCallback(() => setFailure(undefined), []);
  return { run, busy, failure, forget };
}
