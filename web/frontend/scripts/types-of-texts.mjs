// The types of the English texts: the keys of each file, and the names in each text, which the compiler then asks for.
import { readdirSync, readFileSync } from "node:fs";

const ENGLISH = new URL("../src/locales/en/", import.meta.url);

/** The key without its plural form. A key has plural forms if it has the form for "other". */
function baseOf(key, texts) {
  const base = key.replace(/_(zero|one|two|few|many|other)$/, "");
  return `${base}_other` in texts ? base : key;
}

function namesOf(texts) {
  const names = new Map();
  for (const [key, text] of Object.entries(texts)) {
    const base = baseOf(key, texts);
    const known = names.get(base) ?? new Set(base === key ? [] : ["count"]);
    for (const [, name] of text.matchAll(/\{\{(\w+)\}\}/g)) known.add(name);
    names.set(base, known);
  }
  return names;
}

export function typesOfTexts() {
  const lines = ["// Generated from the English texts by `npm run generate`. Do not edit.", "export interface Texts {"];
  for (const file of readdirSync(ENGLISH)
    .filter((name) => name.endsWith(".json"))
    .sort()) {
    lines.push(`  "${file.slice(0, -5)}": {`);
    for (const [key, names] of namesOf(JSON.parse(readFileSync(new URL(file, ENGLISH), "utf8")))) {
      lines.push(`    "${key}": ${[...names].map((name) => `"${name}"`).join(" | ") || "never"};`);
    }
    lines.push("  };");
  }
  return [...lines, "}", ""].join("\n");
}
