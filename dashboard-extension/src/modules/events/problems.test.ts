import type { Problem } from "./event-form";
import { sentenceOfProblem, sentenceOfValue, told } from "./problems";

const problem = (field: string | null, code: string): Problem => ({ field, code, message: "In English." });

test("a sentence is as narrow as the member allows", () => {
  expect(sentenceOfProblem(problem("slug", "UNIQUE"), "en")).toBe("Another event has this slug.");
  expect(sentenceOfProblem(problem("dataFields[2].name", "UNIQUE"), "en")).toBe("Another data field has this name.");
  expect(sentenceOfProblem(problem("description", "TOO_LONG"), "pl")).toBe("To jest za długie.");
});

test("a code that is not known is told as the server tells it", () => {
  expect(sentenceOfProblem(problem("name", "NEWER"), "pl")).toBe("In English.");
  expect(sentenceOfValue(problem("dataFields.x", "toString"), "pl")).toBe("In English.");
});

test("what stands at no input is left for a notice", () => {
  const found = told(
    [problem("name", "REQUIRED"), problem("dataFields", "TOO_MANY"), problem(null, "BUSY")],
    (field) => field === "name",
    (one) => one.code,
  );
  expect(found.at("name")).toBe("REQUIRED");
  expect(found.at("slug")).toBeUndefined();
  expect(found.rest.map((one) => one.code)).toEqual(["TOO_MANY", "BUSY"]);
});
