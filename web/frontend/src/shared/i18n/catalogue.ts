/**
 * Message catalogues: each feature keeps its own, in every language, checked by the compiler.
 *
 * A message is a text with `{names}`, or a text for each plural form, chosen by the parameter `count`.
 */
export const LANGUAGES = ["en", "sv"] as const;
export type Language = (typeof LANGUAGES)[number];

interface Plural {
  readonly one: string;
  readonly other: string;
}
type Message = string | Plural;
type Messages = Readonly<Record<string, Message>>;

/** The same keys with the same kind of message in another language. */
type Translation<English extends Messages> = {
  readonly [Key in keyof English]: English[Key] extends string ? string : Plural;
};

export interface Catalogue<English extends Messages = Messages> {
  readonly en: English;
  readonly sv: Translation<English>;
}

type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type NamesOf<Text extends Message> = Text extends string
  ? Names<Text>
  : Text extends Plural
    ? "count" | Names<Text["one"]> | Names<Text["other"]>
    : never;
type Values<Text extends Message> = {
  readonly [Name in NamesOf<Text>]: Name extends "count" ? number : string | number;
};

/** Returns the text of a key. Parameters are required exactly where the English text has names. */
export type Translate<English extends Messages> = <Key extends keyof English & string>(
  key: Key,
  ...values: NamesOf<English[Key]> extends never ? [] : [Values<English[Key]>]
) => string;

export function defineMessages<const English extends Messages>(catalogue: Catalogue<English>): Catalogue<English> {
  return catalogue;
}

const translators = new WeakMap<Catalogue, Map<Language, Translate<Messages>>>();

/**
 * The texts of a catalogue in a language. Cached per catalogue and language, because creating formatters is slow.
 */
export function translator<English extends Messages>(
  catalogue: Catalogue<English>,
  language: Language,
): Translate<English> {
  const ofCatalogue = translators.get(catalogue) ?? new Map<Language, Translate<Messages>>();
  translators.set(catalogue, ofCatalogue);
  const known = ofCatalogue.get(language);
  if (known) return known;
  const made = makeTranslator(catalogue, language);
  ofCatalogue.set(language, made);
  return made;
}

function makeTranslator<English extends Messages>(
  catalogue: Catalogue<English>,
  language: Language,
): Translate<English> {
  const plurals = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (key, ...[values]) => {
    const named: Readonly<Record<string, string | number>> = values ?? {};
    const message: Message = catalogue[language][key];
    const text =
      typeof message === "string" ? message : message[plurals.select(Number(named.count)) === "one" ? "one" : "other"];
    return text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = named[name];
      return typeof value === "number" ? numbers.format(value) : (value ?? "");
    });
  };
}
