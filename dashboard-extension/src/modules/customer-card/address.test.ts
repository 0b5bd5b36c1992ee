import { describe, expect, it } from "vitest";
import { readAddress } from "./address";

describe("the address of the card on a customer's page", () => {
  it("says whose page it is and what is needed to see it, beside what the dashboard adds", () => {
    const search = "?needs=MANAGE_DISCOUNTS,MANAGE_USERS&domain=a&id=QXBwOjE%3D&id=QXBwOjE%3D&customerId=VXNlcjox";
    expect(readAddress(search)).toEqual({ customer: "VXNlcjox", needs: ["MANAGE_DISCOUNTS", "MANAGE_USERS"] });
  });

  it("may say nothing", () => {
    expect(readAddress("")).toEqual({ customer: "", needs: [] });
  });

  it("brings no text of anybody's own onto the card", () => {
    expect(readAddress("?needs=Call 0800,MANAGE_USERS").needs).toEqual(["MANAGE_USERS"]);
  });
});
