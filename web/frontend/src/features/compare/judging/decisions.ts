import type { Photo } from "@/shared/api/schema-types";
import {
  type Decided,
  type Group,
  keepSingle,
  leaveAll,
  makePick,
  type Member,
  toggleKeep,
  toggleReject,
  toggleSingle,
} from "@/shared/picks/decisions";
import { type Change, expectedInGroup, expectedOfSingles } from "@/shared/picks/expected-changes";

/** What is said of a photo: the same as in the review. */
export type Said = "keep" | "only" | "reject" | "leave";

/** What is asked of the service, and what is shown until it answers. */
export interface Decision {
  readonly decided: readonly Decided[];
  readonly expected: ReadonlyMap<string, Change>;
}

/** What somebody decides about a photo, in its group or in none. Null where it is so already. */
export function decisionOn(
  said: Said,
  photo: Member & Pick<Photo, "shelf">,
  group: Group | undefined,
): Decision | null {
  const decided = decide(said, photo, group);
  if (decided.length === 0) return null;
  return { decided, expected: group ? expectedInGroup(group, decided) : expectedOfSingles(decided, photo.shelf) };
}

function decide(said: Said, photo: Member & Pick<Photo, "shelf">, group: Group | undefined): Decided[] {
  switch (said) {
    case "keep":
      return group ? toggleKeep(group, photo.id) : toggleSingle(photo);
    case "only":
      return group ? makePick(group, photo.id) : keepSingle(photo);
    case "reject":
      return toggleReject(photo);
    case "leave":
      return leaveAll({ photos: [photo] });
  }
}
