import { firstWay, isOpen } from "./retry";

const published = { id: "s", number: 1, published: { number: 2 } };

test("going on where it failed is offered first, since it repeats nothing", () => {
  expect(firstWay({ canResume: true, canRetry: true, scenario: published })).toBe("failedStep");
});

test("what the server would refuse is not offered", () => {
  const row = { canResume: false, canRetry: true, scenario: published };
  expect(isOpen("failedStep", row)).toBe(false);
  expect(firstWay(row)).toBe("original");
  expect(firstWay({ canResume: false, canRetry: false, scenario: published })).toBeUndefined();
});

test("without a published version there is no current one to begin with", () => {
  expect(isOpen("current", { canResume: true, canRetry: true, scenario: { ...published, published: null } })).toBe(
    false,
  );
  expect(isOpen("current", { canResume: true, canRetry: true, scenario: published })).toBe(true);
});
