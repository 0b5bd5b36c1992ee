import { expect, test } from "vitest";
import { mailDocument, widthOf } from "@/modules/scenarios/testing/mail-document";
import { meaningOf } from "@/modules/scenarios/testing/webhook-answer";

const PAGE = '<!doctype html><html><head class="x"><title>Hi</title></head><body><p>Hello</p></body></html>';

test("nothing is fetched by a preview, unless pictures are asked for", () => {
  const [without, withPictures] = [false, true].map((asked) => mailDocument(PAGE, "desktop", asked));
  expect(without).toContain("img-src data:;");
  expect(without).toContain("default-src 'none'");
  expect(withPictures).toContain("img-src data: https:;");
});

test("our rules stand before everything that the mail says", () => {
  const shown = mailDocument(PAGE, "desktop", false);
  expect(shown.indexOf("Content-Security-Policy")).toBeLessThan(shown.indexOf("<title>"));
  expect(shown).toMatch(/^<!doctype html><html><head class="x"><meta http-equiv/);
  expect(mailDocument("<p>Hello</p>", "desktop", false)).toMatch(
    /<head>.*Content-Security-Policy.*<\/head><body><p>Hello/,
  );
});

test("in the dark the colours of a mail are turned round, unless it brings its own", () => {
  expect(mailDocument(PAGE, "dark", false)).toContain("invert(1)");
  expect(mailDocument(PAGE, "desktop", false)).not.toContain("invert(1)");
  const own = PAGE.replace("<title>", "<style>@media (prefers-color-scheme: dark){p{color:#fff}}</style><title>");
  expect(mailDocument(own, "dark", false)).not.toContain("invert(1)");
  expect(widthOf("phone")).toBeLessThan(widthOf("desktop"));
});

test.each([
  [204, "accepted"],
  [302, "redirected"],
  [404, "failed"],
  [429, "triedAgain"],
  [503, "triedAgain"],
])("a status of %i means what a run would make of it: %s", (status, meaning) => {
  expect(meaningOf(status).meaning).toBe(meaning);
});
