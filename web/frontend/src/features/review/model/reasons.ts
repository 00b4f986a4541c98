import type { Photo, ReasonCode } from "@/shared/api/schema-types";
import { hasText } from "@/shared/i18n/texts";

/** False for a code that a newer version of the service has added. */
function isKnown(code: string): code is ReasonCode {
  return hasText("review-reasons", code);
}

/** A reason in the page's language, or the service's English text for a code that the page does not know. */
export function reasonText(
  { reasons }: Pick<Photo, "reasons">,
  say: (code: ReasonCode, total: number) => string,
): string {
  const said = reasons
    .filter(({ code }) => code !== "no_clear_winner")
    .map(({ code, text, count = 0 }) => (isKnown(code) ? say(code, count) : text))
    .filter((text) => text !== "");
  const sentence = said.join(" · ");
  return sentence.charAt(0).toLocaleUpperCase() + sentence.slice(1);
}
