import { type Language, useSurroundings } from "@/lib/bridge";

/** A text whose form depends on `count`. Polish has all four, English two (`one`, `other`). */
export interface Plural {
  readonly one: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}
export type Text = string | Plural;
export type Texts = Readonly<Record<string, Text>>;
/** Values for the places in braces: `"{name} was saved"`. */
export type Values = Readonly<Record<string, string | number>>;

export interface Catalogue<T extends Texts> {
  readonly en: T;
  readonly pl: { readonly [Key in keyof T]: T[Key] extends string ? string : Plural };
}

/** The texts of one module in both languages; a key that Polish lacks does not compile. `test/texts.test.ts` checks the rest. */
export function catalogue<const T extends Texts>(texts: Catalogue<T>): Catalogue<T> {
  return texts;
}

export type Say<Key extends string> = (key: Key, values?: Values) => string;

const rules: Record<Language, Intl.PluralRules> = {
  en: new Intl.PluralRules("en"),
  pl: new Intl.PluralRules("pl"),
};

/** Give a text with its values filled in; a plural takes its form from the value `count`. */
export function say<T extends Texts>(
  texts: Catalogue<T>,
  language: Language,
  key: keyof T & string,
  values: Values = {},
): string {
  const text: Text = texts[language][key] as Text;
  const form = typeof text === "string" ? text : formOf(text, language, Number(values.count));
  return form.replace(/\{(\w+)\}/g, (place, name: string) => (name in values ? String(values[name]) : place));
}

function formOf(text: Plural, language: Language, count: number): string {
  const category = rules[language].select(count) as keyof Plural;
  return text[category] ?? text.other;
}

/** The texts of a catalogue in the dashboard's language. */
export function useTexts<T extends Texts>(texts: Catalogue<T>): Say<keyof T & string> {
  const { language } = useSurroundings();
  return (key, values) => say(texts, language, key, values);
}

/** One of the backend's labels, which come in both languages. */
export function useLabel(): (label: { readonly en: string; readonly pl: string }) => string {
  const { language } = useSurroundings();
  return (label) => label[language];
}
