export type Texts = Readonly<Record<string, string>>;

/** The plural forms that the language has. */
function formsOf(language: string): string[] {
  return [...new Intl.PluralRules(language).resolvedOptions().pluralCategories].sort();
}

/** A text by its key without the plural form; "" is the form of a text without plural forms. */
export function byKey(texts: Texts): Map<string, Map<string, string>> {
  const keys = new Map<string, Map<string, string>>();
  for (const [name, text] of Object.entries(texts)) {
    const found = /^(.+)_(zero|one|two|few|many|other)$/.exec(name);
    const [key, form] = found && `${found[1] ?? ""}_other` in texts ? [found[1] ?? "", found[2] ?? ""] : [name, ""];
    keys.set(key, (keys.get(key) ?? new Map<string, string>()).set(form, text));
  }
  return keys;
}

const namesIn = (text: string) => [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name))].sort();
/** What i18next itself reads among the values. */
const RESERVED = /\{\{(context|defaultValue|interpolation|lng|lngs|nest|ns|ordinal|postProcess|replace)\}\}/;

function problemOfText(text: string): string | null {
  if (!text.trim()) return "is empty";
  if (/[{}]/.test(text.replace(/\{\{\w+\}\}/g, ""))) return "has braces that are not those of a {{name}}";
  if (text.includes("$t(")) return "refers to another text";
  return RESERVED.test(text) ? "has a name that the library uses itself" : null;
}

/** What is wrong with a file of texts in a language, compared with the English one. */
export function problemsOfTexts(language: string, texts: Texts, english: Texts): string[] {
  const [own, source] = [byKey(texts), byKey(english)];
  const problems = [...own.keys()].filter((key) => !source.has(key)).map((key) => `${key} is not in the English file`);
  for (const [key, sourceForms] of source) {
    const forms = own.get(key);
    if (!forms) {
      problems.push(`${key} is missing`);
      continue;
    }
    const expected = sourceForms.has("") ? [""] : formsOf(language);
    if ([...forms.keys()].sort().join() !== expected.join()) problems.push(`${key} needs the forms ${expected.join()}`);
    const names = namesIn([...sourceForms.values()].join());
    for (const [form, text] of forms) {
      // "One photo" may leave out the number, so only the form for most numbers must name everything.
      const said = namesIn(text);
      const isMain = form === "" || form === "other";
      if (isMain ? said.join() !== names.join() : said.some((name) => !names.includes(name))) {
        problems.push(`${key} needs the names ${names.join()}`);
      }
      const problem = problemOfText(text);
      if (problem) problems.push(`${key} ${problem}`);
    }
  }
  return problems;
}
