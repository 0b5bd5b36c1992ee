import { BOM, collect, fileName, type Part } from "./csv";

const parts: Record<string, Part> = {
  "": { text: "ID\r\n3\r\n", rows: 1, hasNextPage: true, endCursor: "a" },
  a: { text: "2\r\n", rows: 1, hasNextPage: true, endCursor: "b" },
  b: { text: "1\r\n", rows: 1, hasNextPage: false, endCursor: "c" },
};
const ask = async (after: string | null): Promise<Part> => {
  const part = parts[after ?? ""];
  if (!part) throw new Error("no such part");
  return part;
};

test("all parts stand in the file behind a byte order mark, once and in order", async () => {
  const heard: number[] = [];
  const texts = await collect(
    ask,
    (rows) => heard.push(rows),
    () => false,
  );
  expect(texts?.join("")).toBe(`${BOM}ID\r\n3\r\n2\r\n1\r\n`);
  expect(heard).toEqual([1, 2, 3]);
});

test("stopped in the middle there is no file, and nothing more is asked for", async () => {
  const asked: (string | null)[] = [];
  const counting = (after: string | null) => {
    asked.push(after);
    return ask(after);
  };
  expect(
    await collect(
      counting,
      () => undefined,
      () => asked.length === 2,
    ),
  ).toBeUndefined();
  expect(asked).toEqual([null, "a"]);
});

test("a failure in the middle is a failure, not half a file", async () => {
  const failing = async (after: string | null) => {
    if (after) throw new Error("network");
    return ask(after);
  };
  await expect(
    collect(
      failing,
      () => undefined,
      () => false,
    ),
  ).rejects.toThrow("network");
});

test("the file is named after what it holds and the day", () => {
  const day = new Date(2026, 10, 4);
  expect(fileName("en", "size-quiz", day)).toBe("event-log-size-quiz-2026-11-04.csv");
  expect(fileName("pl", "", day)).toBe("log-zdarzen-2026-11-04.csv");
});
