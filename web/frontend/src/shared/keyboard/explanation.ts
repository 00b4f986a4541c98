import { hasText, type TextKey } from "../i18n/texts";

import type { CommandName, Page } from "./commands";

/** The text that explains a command on a page: by name and page where it does something else there, else by its name. */
export function explanationOf(name: CommandName, page: Page): TextKey<"keyboard"> {
  const special = `${name}:${page}`;
  return hasText("keyboard", special) ? special : name;
}
