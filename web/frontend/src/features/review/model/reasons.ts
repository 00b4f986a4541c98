import { reasonMessages } from "../reason-messages";

type Code = keyof (typeof reasonMessages)["en"];

export interface Reason {
  readonly code: string;
  readonly text: string;
  readonly count: number;
}

/** The reasons in a photo's row, which the schema leaves open. */
export function reasonsOf(photo: { readonly reasons: readonly unknown[] }): Reason[] {
  return photo.reasons.flatMap((reason) => {
    if (typeof reason !== "object" || reason === null) return [];
    const { code, text, count } = reason as Partial<Record<keyof Reason, unknown>>;
    if (typeof code !== "string") return [];
    return [{ code, text: typeof text === "string" ? text : "", count: typeof count === "number" ? count : 0 }];
  });
}

export function isKnownReason(code: string): code is Code {
  return Object.hasOwn(reasonMessages.en, code);
}

/** Why a photo is where it is, in words: ours where there are some, else what the service says. */
export function reasonText(
  photo: { readonly reasons: readonly unknown[] },
  say: (code: Code, total: number) => string,
): string {
  const said = reasonsOf(photo)
    .filter(({ code }) => code !== "no_clear_winner")
    .map(({ code, text, count }) => (isKnownReason(code) ? say(code, count) : text))
    .filter((text) => text !== "");
  const sentence = said.join(" · ");
  return sentence.charAt(0).toLocaleUpperCase() + sentence.slice(1);
}
