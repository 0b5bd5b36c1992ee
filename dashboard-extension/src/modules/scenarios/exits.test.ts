import { EMPTY, type Flow } from "@/modules/scenarios/definition";
import { changedExit, exitAt, exitKind, exitPart, newExit, retypedExit, withExit, withoutExit } from "./exits";

const ORDER = { type: "orderPlaced" };
const EVENT = { type: "event", event: 9, filter: { left: "occurrence.channel", operator: "isSet" } };
const two: Flow = { ...EMPTY, exits: [EVENT, ORDER] };

test("a rule is added behind the others", () => {
  expect(withExit(EMPTY, newExit("orderPlaced")).exits).toEqual([ORDER]);
  expect(withExit(two, newExit("consentWithdrawn")).exits).toEqual([EVENT, ORDER, { type: "consentWithdrawn" }]);
});

test("without its last rule a flow is what it was before there was any", () => {
  expect(withoutExit(two, 0).exits).toEqual([ORDER]);
  expect(withoutExit(withExit(EMPTY, ORDER), 0)).toEqual(EMPTY);
  expect("exits" in withoutExit(withExit(EMPTY, ORDER), 0)).toBe(false);
});

test("a rule of another kind keeps nothing of the old one, and the same kind keeps all", () => {
  expect(retypedExit(two, 0, "orderPlaced").exits).toEqual([ORDER, ORDER]);
  expect(retypedExit(two, 0, "event").exits).toEqual(two.exits);
  expect(retypedExit(two, 1, "event").exits).toEqual([EVENT, { type: "event", event: null, filter: null }]);
});

test("members are set at one rule alone", () => {
  expect(changedExit(two, 0, { event: 8 }).exits).toEqual([{ ...EVENT, event: 8 }, ORDER]);
});

test("a rule of a later release is told from those of this one, and kept", () => {
  const later: Flow = { ...EMPTY, exits: [{ type: "cartEmptied" }, ORDER] };
  expect(exitKind(later.exits && (later.exits as readonly { type: string }[])[0])).toBeUndefined();
  expect(withoutExit(later, 1).exits).toEqual([{ type: "cartEmptied" }]);
});

test("a part names a rule by its place", () => {
  expect(exitAt(exitPart(3))).toBe(3);
  expect(exitAt("s1")).toBeUndefined();
  expect(exitAt(null)).toBeUndefined();
});
