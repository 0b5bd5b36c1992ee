import { expect, test } from "vitest";
import { voucherIn } from "@/modules/scenarios/editor/setting-field";

test("a voucher is named by its ID or by the address of its page", () => {
  expect(voucherIn("https://shop.example/dashboard/discounts/vouchers/Vm91Y2hlcjox?asc=true")).toBe("Vm91Y2hlcjox");
  expect(voucherIn("https://shop.example/dashboard/discounts/vouchers/Vm91Y2hlcjo%3D")).toBe("Vm91Y2hlcjo=");
  expect(voucherIn("Vm91Y2hlcjox")).toBe("Vm91Y2hlcjox");
  expect(voucherIn("https://shop.example/vouchers/%E0%A4%A")).toBe("https://shop.example/vouchers/%E0%A4%A");
});
