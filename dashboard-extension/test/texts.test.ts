import { type Catalogue, say, type Text, type Texts } from "@/lib/texts";

const modules = import.meta.glob<Record<string, unknown>>(["../src/**/messages.ts", "../src/words/*.ts"], {
  eager: true,
});

function isCatalogue(value: unknown): value is Catalogue<Texts> {
  return typeof value === "object" && value !== null && "en" in value && "pl" in value;
}

const catalogues = Object.entries(modules).flatMap(([file, exported]) =>
  Object.entries(exported)
    .filter((entry): entry is [string, Catalogue<Texts>] => isCatalogue(entry[1]))
    .map(([name, texts]) => [`${file.replace("../src/", "")}: ${name}`, texts] as const),
);
const forms = (text: Text | undefined) => (typeof text === "string" ? [text] : Object.values(text ?? {}));
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "").sort();

test("there are catalogues to look at", () => {
  expect(catalogues.length).toBeGreaterThan(5);
});

describe.each(catalogues)("%s", (_, texts) => {
  test("both languages have every text", () => {
    expect(Object.keys(texts.pl).sort()).toEqual(Object.keys(texts.en).sort());
    for (const text of [...Object.values(texts.en), ...Object.values(texts.pl)])
      for (const form of forms(text as Text)) expect(form.trim()).not.toBe("");
  });

  test("both languages name the same values", () => {
    for (const key of Object.keys(texts.en)) {
      const named = (text: Text | undefined) =>
        [...new Set(forms(text).flatMap(places))].filter((name) => name !== "count").sort();
      expect(named(texts.pl[key] as Text), key).toEqual(named(texts.en[key]));
    }
  });

  test("a plural has all the forms of its language", () => {
    for (const key of Object.keys(texts.en)) {
      if (typeof texts.en[key] === "string") continue;
      expect(Object.keys(texts.en[key] as object), key).toEqual(expect.arrayContaining(["one", "other"]));
      expect(Object.keys(texts.pl[key] as object), key).toEqual(
        expect.arrayContaining(["one", "few", "many", "other"]),
      );
    }
  });
});

test("Polish counts as Polish does", () => {
  const texts = {
    en: { runs: { one: "{count} invocation", other: "{count} invocations" } },
    pl: {
      runs: { one: "{count} wywołanie", few: "{count} wywołania", many: "{count} wywołań", other: "{count} wywołania" },
    },
  } as const;
  const counted = (count: number) => say(texts, "pl", "runs", { count });
  expect([1, 2, 5, 12, 22].map(counted)).toEqual([
    "1 wywołanie",
    "2 wywołania",
    "5 wywołań",
    "12 wywołań",
    "22 wywołania",
  ]);
  expect(say(texts, "en", "runs", { count: 1 })).toBe("1 invocation");
});
