// Writes the types of the API from its OpenAPI schema; with --check only says whether they are those of the schema.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import openapiTS, { astToString } from "openapi-typescript";

const repository = fileURLToPath(new URL("../../..", import.meta.url));
const target = fileURLToPath(new URL("../src/shared/api/schema.d.ts", import.meta.url));
const local = `${repository}/.venv/bin/python`;
const python = process.env.PYTHON ?? (existsSync(local) ? local : "python3");

const schema = execFileSync(python, ["manage.py", "spectacular", "--format", "openapi-json"], {
  cwd: repository,
  encoding: "utf8",
  maxBuffer: 64 * 1024 * 1024,
  stdio: ["ignore", "pipe", "inherit"],
});
const types =
  "// Generated from the OpenAPI schema by `npm run generate`. Do not edit.\n" +
  astToString(await openapiTS(JSON.parse(schema), { defaultNonNullable: false }));

if (!process.argv.includes("--check")) {
  writeFileSync(target, types);
} else if (!existsSync(target) || readFileSync(target, "utf8") !== types) {
  console.error("The API has changed and its types have not. Run `npm run generate` in web/frontend and commit.");
  process.exit(1);
}
