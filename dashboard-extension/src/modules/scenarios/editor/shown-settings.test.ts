import { expect, test } from "vitest";
import { sortedSettings } from "@/modules/scenarios/editor/shown-settings";

const layout = { name: "layout", default: "none", isAdvanced: false };
const button = {
  name: "button",
  default: "",
  isAdvanced: false,
  onlyWith: { setting: "layout", values: ["button", "code"] },
};
const html = { name: "html", default: "", isAdvanced: true, onlyWith: { setting: "layout", values: ["none"] } };
const settings = [layout, button, html];
const names = (config: Record<string, string>) => {
  const { usual, advanced } = sortedSettings(settings, config);
  return [usual, advanced].map((some) => some.map(({ name }) => name).join(" "));
};

test("a setting that nothing would come of is not shown", () => {
  expect(names({})).toEqual(["layout", "html"]);
  expect(names({ layout: "button" })).toEqual(["layout button", ""]);
});

test("what somebody filled in is shown, whatever the others say", () => {
  expect(names({ layout: "letter", html: "<p>Hi</p>", button: "Buy" })).toEqual(["layout button", "html"]);
  expect(names({ layout: "letter", button: "" })).toEqual(["layout", ""]);
});
