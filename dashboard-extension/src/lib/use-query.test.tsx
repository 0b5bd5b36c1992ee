import { act, renderHook } from "@testing-library/react";
import { HealthDocument } from "@/graphql/generated";
import { useQuery } from "./use-query";

// The dashboard around us, which a test is not in.
vi.mock("@/lib/bridge", () => ({ surroundings: () => ({ token: "token" }) }));

const SECOND = 1000;

/** A server that needs so many milliseconds for an answer, which says the how manyth it is. */
function slowServer(milliseconds: number) {
  let asked = 0;
  const answering = (init: RequestInit | undefined) =>
    new Promise<Response>((resolve, reject) => {
      asked += 1;
      const answer = JSON.stringify({ data: { asked } });
      init?.signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
      setTimeout(
        () => resolve(new Response(answer, { headers: { "Content-Type": "application/json" } })),
        milliseconds,
      );
    });
  vi.stubGlobal(
    "fetch",
    vi.fn((_: string, init?: RequestInit) => answering(init)),
  );
}

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a server that answers more slowly than it is asked is waited for, again and again", async () => {
  slowServer(7 * SECOND);
  const { result } = renderHook(() => useQuery(HealthDocument, {}, { every: 5 * SECOND }));
  const seen = new Set<unknown>();
  for (let second = 0; second < 40; second += 1) {
    await pass(SECOND);
    seen.add(JSON.stringify(result.current.data));
  }
  expect(seen.size).toBeGreaterThan(3);
  expect(result.current.failure).toBeUndefined();
});
