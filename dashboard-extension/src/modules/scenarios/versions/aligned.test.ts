import { describe, expect, it } from "vitest";
import { aligned, readFlow, stepIds } from "@/modules/scenarios/versions/aligned";

/** `-b`: only before; `+b`: only after. */
function shown(before: string, after: string, moved: string = ""): string {
  return aligned([...before], [...after], new Set(moved))
    .map(({ id, isBefore, isAfter }) => (isBefore && isAfter ? id : isAfter ? `+${id}` : `-${id}`))
    .join(" ");
}

describe("steps side by side", () => {
  it("shows what went where it was", () => {
    expect(shown("abc", "ac")).toBe("a -b c");
    expect(shown("abc", "bc")).toBe("-a b c");
    expect(shown("abc", "a")).toBe("a -b -c");
    expect(shown("abc", "")).toBe("-a -b -c");
  });

  it("shows what came where it is", () => {
    expect(shown("ac", "abc")).toBe("a +b c");
    expect(shown("abc", "axc")).toBe("a -b +x c");
  });

  it("does not follow what was moved", () => {
    expect(shown("abcd", "acdb", "b")).toBe("a c d b");
    expect(shown("abxcd", "acdb", "b")).toBe("a -x c d b");
  });

  it("reads steps in the order of the page, whatever order they are written in", () => {
    const steps = [
      { id: "a", type: "wait", next: "c" },
      { id: "b", type: "exit" },
      { id: "c", type: "wait", next: "b" },
    ];
    expect(stepIds(readFlow({ starts: [], steps }))).toEqual(["a", "c", "b"]);
    expect(stepIds(readFlow("nonsense"))).toEqual([]);
  });
});
