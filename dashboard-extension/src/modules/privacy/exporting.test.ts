import { collect, type Part } from "./exporting";

const parts: Record<string, Part> = {
  "": { head: { format: "f" }, occurrences: [{ id: "1" }, { id: "2" }], endCursor: "2" },
  "2": { head: null, occurrences: [{ id: "3" }], endCursor: null },
};
const ask = async (after: string | null): Promise<Part> => parts[after ?? ""] ?? {};

test("the parts make one document, the head once and the occurrences in order", async () => {
  const heard: number[] = [];
  const text = await collect(
    ask,
    (count) => heard.push(count),
    () => false,
  );
  expect(JSON.parse(text ?? "")).toEqual({ format: "f", occurrences: [{ id: "1" }, { id: "2" }, { id: "3" }] });
  expect(heard).toEqual([2, 3]);
});

test("stopped in the middle there is no document", async () => {
  expect(
    await collect(
      ask,
      () => undefined,
      () => true,
    ),
  ).toBeUndefined();
});
