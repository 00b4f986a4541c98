import type { TimelinePhoto } from "@/shared/api/schema-types";

import { type Decided, type Group, isLeftOut, isVideo } from "./decisions";
import { expectedPicks, isSinglePicked } from "./expected-picks";

export type Change = Pick<TimelinePhoto, "decision" | "picked" | "left_out">;

/** A group after decisions, shown until the service answers. A pick that takes the place of one left out is left out. */
export function expectedInGroup(group: Group, decided: readonly Decided[]): Map<string, Change> {
  const photos = decided.reduce(
    (before, { photos: ids, decision }) =>
      before.map((photo) => (ids.includes(photo.id) ? { ...photo, decision } : photo)),
    group.photos,
  );
  const picked = expectedPicks({ ...group, photos });
  const wasLeftOut = isLeftOut(group);
  return new Map(
    photos.map((photo) => {
      const { id, decision } = photo;
      const left_out = wasLeftOut && picked.has(id) && decision === "auto" && !isVideo(photo);
      return [id, { decision, picked: picked.has(id) && !left_out, left_out }];
    }),
  );
}

export function expectedOfSingles(decided: readonly Decided[], shelf = ""): Map<string, Change> {
  return new Map(
    decided.flatMap(({ photos, decision }) =>
      photos.map((id) => [id, { decision, picked: isSinglePicked(decision, shelf), left_out: false }] as const),
    ),
  );
}
