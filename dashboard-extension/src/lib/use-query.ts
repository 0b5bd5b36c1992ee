import { useCallback, useEffect, useRef, useState } from "react";
import type { TypedDocumentString } from "@/graphql/generated";
import { ask, Failure } from "@/lib/api";

export interface Query<Result> {
  /** The last good answer. It stays while another is asked for, and when asking again fails. */
  readonly data: Result | undefined;
  readonly failure: Failure | undefined;
  /** An answer to these very variables is under way. */
  readonly loading: boolean;
  readonly reload: () => void;
}

interface Options {
  /** Ask again after so many milliseconds, as long as the page is seen. */
  readonly every?: number;
  /** Do not ask now. */
  readonly skip?: boolean;
}

/**
 * Ask, and ask again whenever the variables change. An answer to older variables is thrown away.
 * `data` of the variables before stays until the new answer is there, so that a page does not flash.
 */
export function useQuery<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  { every, skip = false }: Options = {},
): Query<Result> {
  const [data, setData] = useState<Result>();
  const [failure, setFailure] = useState<Failure>();
  const [loading, setLoading] = useState(!skip);
  const [turn, setTurn] = useState(0);
  const key = JSON.stringify(variables);
  const lastKey = useRef<string>(undefined);
  const underWay = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the variables, `turn` for asking again
  useEffect(() => {
    if (skip) {
      setLoading(false);
      return;
    }
    const stopping = new AbortController();
    if (lastKey.current !== key) setLoading(true);
    lastKey.current = key;
    underWay.current = true;
    ask(document, variables, stopping.signal).then(
      (answer) => {
        if (stopping.signal.aborted) return;
        underWay.current = false;
        setData(answer);
        setFailure(undefined);
        setLoading(false);
      },
      (error: unknown) => {
        if (stopping.signal.aborted) return;
        underWay.current = false;
        setFailure(asFailure(error));
        setLoading(false);
      },
    );
    return () => {
      stopping.abort();
      underWay.current = false;
    };
  }, [document, key, turn, skip]);

  const reload = useCallback(() => setTurn((n) => n + 1), []);
  useEffect(() => {
    if (!every || skip) return;
    // An answer that takes longer is waited for: asking again would throw it away, time after time.
    const look = () => window.document.visibilityState === "visible" && !underWay.current && reload();
    const timer = setInterval(look, every);
    return () => clearInterval(timer);
  }, [every, skip, reload]);

  return { data, failure, loading, reload };
}

export function asFailure(error: unknown): Failure {
  return error instanceof Failure ? error : new Failure("server", "UNEXPECTED", String(error));
}
