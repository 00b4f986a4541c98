import { readKept, writeKept } from "@/shared/storage/kept";

export interface Choice {
  readonly photoId: string;
  readonly isChosen: boolean;
}

/** By the part of the link that finds it, without the part that is its secret. */
const nameOf = (token: string) => `choices-${token.slice(0, 10)}`;

/** The choices that this browser has made at a link and that have not reached the service, the last for each photo. */
export function keptChoices(token: string): Choice[] {
  return Object.entries(readKept(nameOf(token))).map(([photoId, isChosen]) => ({
    photoId,
    isChosen: isChosen === true,
  }));
}

export function keepChoice(token: string, { photoId, isChosen }: Choice): void {
  writeKept(nameOf(token), { ...readKept(nameOf(token)), [photoId]: isChosen });
}

export function forgetChoice(token: string, photoId: string): void {
  const others = Object.entries(readKept(nameOf(token))).filter(([other]) => other !== photoId);
  writeKept(nameOf(token), Object.fromEntries(others));
}
