// Writes what the pages have from the service: the types of the API, from its OpenAPI schema, and which files it takes.
// Also writes the types of the texts. With --check only says whether all are up to date.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import openapiTS, { astToString } from "openapi-typescript";

import { typesOfTexts } from "./types-of-texts.mjs";

const repository = fileURLToPath(new URL("../../..", import.meta.url));
const local = `${repository}/.venv/bin/python`;
const python = process.env.PYTHON ?? (existsSync(local) ? local : "python3");

function manage(...command) {
  const printed = execFileSync(python, ["manage.py", ...command], {
    cwd: repository,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(printed);
}

const schema = manage("spectacular", "--format", "openapi-json");
const generated = {
  "../src/shared/api/schema.d.ts":
    "// Generated from the OpenAPI schema by `npm run generate`. Do not edit.\n" +
    astToString(await openapiTS(schema, { defaultNonNullable: false })),
  "../src/shared/files/file-rules.json": `${JSON.stringify(manage("file_rules"), null, 1)}\n`,
  "../src/locales/texts.d.ts": typesOfTexts(),
};

for (const [path, text] of Object.entries(generated)) {
  const target = fileURLToPath(new URL(path, import.meta.url));
  if (!process.argv.includes("--check")) {
    writeFileSync(target, text);
  } else if (!existsSync(target) || readFileSync(target, "utf8") !== text) {
    console.error(`${target} is out of date. Run \`npm run generate\` in web/frontend and commit.`);
    process.exit(1);
  }
}
