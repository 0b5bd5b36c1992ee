import { readFileSync } from "node:fs";
import { reasons, refusals } from "@/words/reasons";

const reference = readFileSync("../docs/reference.md", "utf8");

function section(heading: string): string {
  const [, after = ""] = reference.split(`\n## ${heading}\n`);
  return after.split("\n## ")[0] ?? "";
}

test("every reason code of the reference has its sentence", () => {
  const codes = [...section("Reason codes").matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1]);
  expect(codes.length).toBeGreaterThan(15);
  expect(codes.filter((code) => code && !(code in reasons.en))).toEqual([]);
});

test("every code with which a firing is refused has its sentence", () => {
  const notFirings = [
    "DASHBOARD_NOT_BUILT",
    "CLIENT_NOT_BUILT",
    "NOT_FOUND",
    "METHOD_NOT_ALLOWED",
    "INTERNAL_ERROR",
    "DISABLED",
  ];
  const rows = [...section("HTTP").matchAll(/^\| [45]\d\d \| (.*) \|$/gm)].flatMap((match) => [
    ...(match[1] ?? "").matchAll(/`([A-Z_]+)`/g),
  ]);
  const codes = rows.map((match) => match[1] ?? "").filter((code) => !notFirings.includes(code));
  expect(codes.length).toBeGreaterThan(15);
  expect(codes.filter((code) => !(code in refusals.en))).toEqual([]);
});
