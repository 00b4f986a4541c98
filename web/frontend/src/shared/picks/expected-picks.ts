import type { PhotoDecision, TimelineGroup } from "@/shared/api/schema-types";

import { isVideo, type Member } from "./decisions";

type Group = Pick<TimelineGroup, "kept_whole"> & {
  readonly photos: readonly Pick<Member, "id" | "rank" | "decision" | "kind">[];
};

/**
 * The picks to show after a decision until the service answers. The rule is the service's own (`albums/picks.py`), and
 * both are tested with `tests/pick_cases.json`. Everywhere else the page shows what the service says.
 */
export function expectedPicks({ photos, kept_whole: keptWhole }: Group): Set<string> {
  const wanted = photos.filter((photo) => photo.decision !== "reject").sort((one, other) => one.rank - other.rank);
  const videos = wanted.filter(isVideo);
  const candidates = wanted.filter((photo) => !isVideo(photo));
  const kept = candidates.filter((photo) => photo.decision === "keep");
  const picked = kept.length > 0 ? kept : keptWhole ? candidates : candidates.slice(0, 1);
  return new Set([...picked, ...videos].map((photo) => photo.id));
}

/** Whether a photo in no group should be picked after a decision. On the shelf it is picked only if somebody keeps it. */
export function isSinglePicked(decision: PhotoDecision, shelf: string): boolean {
  return decision === "keep" || (decision === "auto" && shelf === "");
}
