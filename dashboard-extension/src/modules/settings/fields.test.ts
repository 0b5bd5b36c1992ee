import { expect, test } from "vitest";
import { changesOf, problemAt } from "./fields";

const kept = { publicUrl: "https://a.example", senderAddress: "a@example.com", senderName: "" };

test("only what differs is sent", () => {
  expect(changesOf(kept, kept)).toEqual({});
  expect(changesOf({ publicUrl: " https://a.example ", senderAddress: "", senderName: "Anna " }, kept)).toEqual({
    senderAddress: "",
    senderName: "Anna",
  });
});

test("a problem stands at its field, and one of none is not lost", () => {
  const at = { field: "publicUrl", code: "INVALID", message: "" };
  const nowhere = { field: null, code: "PERMISSION_DENIED", message: "" };
  expect(problemAt([at, nowhere], "publicUrl")).toBe(at);
  expect(problemAt([at, nowhere], "senderName")).toBeUndefined();
  expect(problemAt([at, nowhere])).toBe(nowhere);
});
