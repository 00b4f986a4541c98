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

const loaded = new Set<Language>();

/** Load all texts of a language. Without them `translator` gives none. */
export async function loadTexts(language: Language): Promise<void> {
  if (loaded.has(language)) return;
  const { default: files } = await LANGUAGES[language].texts();
  for (const [path, texts] of Object.entries(files)) {
    i18n.addResourceBundle(language, path.replace(/^\.\/|\.json$/g, ""), texts);
  }
  loaded.add(language);
}

const translators = perLanguage((language) => {
  if (!loaded.has(language)) throw new Error(`The texts of the language ${language} are not loaded.`);
  return new Map<TextFile, unknown>();
});

/** The texts of a file in a language that is loaded. It is always the same function. */
export function translator<File extends TextFile>(file: File, language: Language): Translate<File> {
  const known = translators(language);
  if (!known.has(file)) known.set(file, makeTranslator(file, language));
  return known.get(file) as Translate<File>;
}

/** Every row of the review asks for dozens of texts, most without values. These are looked up only once. */
function makeTranslator(file: TextFile, language: Language) {
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
  return [...loaded].some((lng) => i18n.exists(code, { lng, ns: file }));
}
