import type { Timeline, TimelinePhoto } from "@/shared/api/schema-types";

import type { View } from "../review-search";

import type { Acceptance } from "./filters";
import { isUnclear, isVideo } from "./picks";

/** What somebody looks for. Both must hold; what is not there is no condition. */
export interface Find {
  /** A part of a file's name. */
  readonly name?: string;
  /** Empty for photos that name no camera. */
  readonly camera?: string;
}

export function isFinding({ name, camera }: Find): boolean {
  return Boolean(name) || camera !== undefined;
}

/** What has a photo that is looked for. Groups stay whole, because a pick is a pick among the others of its group. */
export function found(timeline: Timeline, find: Find): Timeline {
  if (!isFinding(find)) return timeline;
  const part = find.name?.toLocaleLowerCase() ?? "";
  const isNamed = (name: string) => name.toLocaleLowerCase().includes(part);
  const isFound = ({ name, companions, camera }: TimelinePhoto) =>
    (find.camera === undefined || camera === find.camera) && (isNamed(name) || companions.some(isNamed));
  return {
    groups: timeline.groups.filter(({ photos }) => photos.some(isFound)),
    singles: timeline.singles.filter(isFound),
  };
}

/** The cameras of a list with the number of their photos, the busiest first. */
export function camerasOf({ groups, singles }: Timeline): (readonly [camera: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const photos of [singles, ...groups.map((group) => group.photos)]) {
    for (const { camera } of photos) counts.set(camera, (counts.get(camera) ?? 0) + 1);
  }
  return [...counts].sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1));
}

/** As many groups as one request accepts. */
const MOST_ACCEPTED = 500;

/** What "Accept" accepts while somebody looks for photos: only groups that are shown. */
export function acceptanceOf({ groups }: Timeline, view: View): Acceptance & { readonly ids: readonly string[] } {
  if (view === "left-out") return { ids: [], acceptable: 0, unclear: 0, areClear: true };
  const undecided = groups.filter(({ photos }) =>
    photos.some((photo) => photo.picked && photo.decision !== "keep" && !isVideo(photo)),
  );
  const unclear = undecided.filter(isUnclear);
  const areClear = view !== "unclear";
  const accepted = areClear ? undecided.filter((group) => !isUnclear(group)) : unclear;
  const ids = accepted.slice(0, MOST_ACCEPTED).map(({ id }) => id);
  return { ids, acceptable: ids.length, unclear: areClear ? unclear.length : 0, areClear };
}
