import { createInstance, type FormatterModule } from "i18next";

import type { Texts } from "@/locales/texts";

import { type Language, LANGUAGES } from "./languages";
import { perLanguage } from "./per-language";

/** A file of texts: its name in each folder of `locales`. */
export type TextFile = keyof Texts;
export type TextKey<File extends TextFile> = keyof Texts[File] & string;
type NamesIn<File extends TextFile, Key extends TextKey<File>> = Texts[File][Key] & string;

/** Returns the text of a key. Values are required exactly where the English text has names. */
export type Translate<File extends TextFile> = <Key extends TextKey<File>>(
  key: Key,
  ...values: [NamesIn<File, Key>] extends [never]
    ? []
    : [{ readonly [Name in NamesIn<File, Key>]: Name extends "count" ? number : string | number }]
) => string;

const numbers = perLanguage((language) => new Intl.NumberFormat(LANGUAGES[language].locale));

/** Numbers in texts are written as the language does. */
const numberFormatter: FormatterModule = {
  type: "formatter",
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown, _format, language) =>
    typeof value === "number" ? numbers(language as Language).format(value) : String(value),
};

const i18n = createInstance().use(numberFormatter);
void i18n.init({
  initAsync: false,
  resources: {},
  fallbackLng: false,
  load: "currentOnly",
  keySeparator: false,
  nsSeparator: false,
  // React escapes.
  interpolation: { escapeValue: false, alwaysFormat: true },
});

/** Texts that are loaded together: `first` with every page, the others with the pages that need them. */
export type TextSet = keyof (typeof LANGUAGES)[Language]["texts"];

const languages = new Set<Language>();
const sets = new Set<TextSet>(["first"]);
const loaded = new Set<string>();

async function load(language: Language, set: TextSet): Promise<void> {
  const name = `${language} ${set}`;
  if (loaded.has(name)) return;
  const { default: files } = await LANGUAGES[language].texts[set]();
  for (const [path, texts] of Object.entries(files)) {
    i18n.addResourceBundle(language, path.replace(/^\.\/|\.json$/g, ""), texts);
  }
  loaded.add(name);
}

/** Load the texts of a language that pages have needed until now. Without them `translator` gives none. */
export async function loadTexts(language: Language): Promise<void> {
  languages.add(language);
  try {
    await Promise.all([...sets].map((set) => load(language, set)));
  } catch (error) {
    languages.delete(language);
    throw error;
  }
}

/** Load another set of texts, in each language that is loaded or will be. */
export async function loadMoreTexts(set: TextSet): Promise<void> {
  sets.add(set);
  await Promise.all([...languages].map((language) => load(language, set)));
}

const translators = perLanguage(() => new Map<TextFile, unknown>());

/** The texts of a file in a language, both loaded. It is always the same function. */
export function translator<File extends TextFile>(file: File, language: Language): Translate<File> {
  const known = translators(language);
  if (!known.has(file)) known.set(file, makeTranslator(file, language));
  return known.get(file) as Translate<File>;
}

/** Every row of the review asks for dozens of texts, most without values. These are looked up only once. */
function makeTranslator(file: TextFile, language: Language) {
  if (!i18n.hasResourceBundle(language, file)) {
    throw new Error(`The texts of ${file} are not loaded in the language ${language}.`);
  }
  const translate = i18n.getFixedT(language, file);
  const plain = new Map<string, string>();
  return (key: string, values?: Readonly<Record<string, string | number>>) => {
    if (values) return translate(key, values);
    const text = plain.get(key) ?? translate(key);
    plain.set(key, text);
    return text;
  };
}

/** Whether there is a text for a code of the service. A newer service may have codes without one. */
export function hasText<File extends TextFile>(file: File, code: string): code is TextKey<File> {
  return [...languages].some((lng) => i18n.exists(code, { lng, ns: file }));
}
