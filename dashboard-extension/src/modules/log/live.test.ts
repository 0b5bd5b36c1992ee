import type { LogNewsQuery, LogRowFragment } from "@/graphql/generated";
import { fresh, refreshed } from "./live";

function row(number: number, status: LogRowFragment["status"] = "RUNNING"): LogRowFragment {
  return {
    id: `id-${number}`,
    number: String(number),
    createdAt: "2026-11-24T10:15:00+00:00",
    event: { id: "e", number: 1, name: "Quiz", slug: "quiz" },
    scenarioName: "",
    status,
    isMasked: false,
    isMerged: false,
  };
}

function news(newer: number[], shown: LogRowFragment[], more = false): LogNewsQuery {
  return {
    newer: { pageInfo: { hasPreviousPage: more }, edges: newer.map((number) => ({ node: { id: `id-${number}` } })) },
    shown: { edges: shown.map((node) => ({ node })) },
  };
}

test("rows that arrived are counted, and those on the screen are not", () => {
  expect(fresh(news([6, 5, 4], []), [row(4), row(3)])).toEqual({ count: 2, more: false });
  expect(fresh(undefined, [row(4)])).toEqual({ count: 0, more: false });
});

test("more than were counted is said", () => {
  expect(fresh(news([6, 5], [], true), [row(4)])).toEqual({ count: 2, more: true });
});

test("statuses change in place, in the order and number that was there", () => {
  const now = refreshed([row(4), row(3), row(2)], news([6], [row(3, "COMPLETED"), row(9)]));
  expect(now.map(({ number, status }) => [number, status])).toEqual([
    ["4", "RUNNING"],
    ["3", "COMPLETED"],
    ["2", "RUNNING"],
  ]);
});
