import { createInput, draftOf, isChanged, type KeyDetails, linesOf, NEW_KEY, problemsOf, wrongLine } from "./key-form";

const shop: KeyDetails = {
  id: "Q3VzdG9tRXZlbnRLZXk6MQ==",
  name: "Shop",
  type: "STOREFRONT",
  prefix: "sce_pk_abcde",
  channels: ["pl", "en"],
  origins: ["https://shop.example"],
  allowedFields: [],
  createdAt: "2026-11-24T10:00:00+00:00",
  createdBy: "anna@example.com",
  lastUsedAt: null,
  revokedAt: null,
};

test("lists are typed one a line; empty lines say nothing", () => {
  expect(linesOf(" pl \n\n en\n")).toEqual(["pl", "en"]);
  expect(draftOf(shop)).toMatchObject({ channels: "pl\nen", origins: "https://shop.example", allowedFields: "" });
});

test("a storefront's key has all its lists", () => {
  const draft = { ...NEW_KEY, name: " Shop ", origins: "https://shop.example\n", allowedFields: "coupon" };
  expect(createInput(draft)).toEqual({
    name: "Shop",
    type: "STOREFRONT",
    channels: [],
    origins: ["https://shop.example"],
    allowedFields: ["coupon"],
  });
});

test("a server's key has no website and no list of fields, whatever was typed before", () => {
  const draft = { ...NEW_KEY, name: "Backend", type: "SERVER", origins: "https://x.example", channels: "pl" } as const;
  expect(createInput(draft)).toEqual({ name: "Backend", type: "SERVER", channels: ["pl"] });
});

test("a blank line is no change, another channel is one", () => {
  const before = draftOf(shop);
  expect(isChanged({ ...before, channels: "pl\n\nen\n" }, before)).toBe(false);
  expect(isChanged({ ...before, channels: "pl" }, before)).toBe(true);
  expect(isChanged({ ...NEW_KEY, type: "SERVER" }, NEW_KEY)).toBe(true);
});

test("a key needs a name", () => {
  expect(problemsOf({ ...NEW_KEY, name: " " }).map(({ field, code }) => [field, code])).toEqual([["name", "REQUIRED"]]);
  expect(problemsOf({ ...NEW_KEY, name: "x" })).toEqual([]);
});

test("a problem with a line names the line as it was typed", () => {
  const draft = { ...NEW_KEY, origins: "https://a.example\n\nshop.example/path" };
  const wrong = { field: "origins[1]", code: "INVALID", message: "No." };
  expect(wrongLine([wrong], draft, "origins")).toEqual({ problem: wrong, line: "shop.example/path" });
  expect(wrongLine([wrong], draft, "channels")).toBeUndefined();
  const many = { field: "channels", code: "TOO_MANY", message: "No." };
  expect(wrongLine([many], draft, "channels")).toEqual({ problem: many, line: "" });
});
