/**
 * What keeping and rejecting mean, in the list of the review, in the large view and in the comparison alike: "keep" makes
 * a photo a pick, also one that is picked automatically, "only" makes it the one pick of its group, and "reject" says that
 * it is none. Said again, "keep" and "reject" are taken back; keeping never rejects.
 */
import type { PhotoDecision, TimelineGroup, TimelinePhoto } from "@/shared/api/schema-types";

/** One decision for some photos. One key press can make several, sent in one request and undone in one step. */
export interface Decided {
  readonly photos: readonly string[];
  readonly decision: PhotoDecision;
}

export type Member = Pick<TimelinePhoto, "id" | "rank" | "decision" | "picked" | "left_out" | "kind">;
export type Group<M extends Member = Member> = Pick<TimelineGroup, "kept_whole"> & { readonly photos: readonly M[] };

/** Videos never compete with photos: they are picked unless they are rejected. */
export function isVideo({ kind }: Pick<Member, "kind">): boolean {
  return kind === "video";
}

export function stillsOf<M extends Member>(photos: readonly M[]): M[] {
  return photos.filter((photo) => !isVideo(photo));
}

/** Whether the pick of a group is left out, because the album wants fewer picks. Its videos come along all the same. */
export function isLeftOut({ photos }: Pick<Group, "photos">): boolean {
  return photos.some((photo) => photo.left_out) && !stillsOf(photos).some((photo) => photo.picked);
}

/** The decisions that make exactly these photos kept, and leave the videos as they are. */
export function keepExactly(group: Group, wanted: ReadonlySet<string>): Decided[] {
  const photos = stillsOf(group.photos);
  const toKeep = photos.filter((photo) => wanted.has(photo.id) && photo.decision !== "keep");
  const toLeave = photos.filter((photo) => !wanted.has(photo.id) && photo.decision === "keep");
  return decisions(["keep", toKeep], ["auto", toLeave]);
}

/** Keep a shot beside what is picked already, or leave it to the automatic pick again. */
export function toggleKeep(group: Group, photoId: string): Decided[] {
  const photo = group.photos.find(({ id }) => id === photoId);
  if (!photo) return [];
  if (photo.decision === "keep" || isVideo(photo)) return toggleSingle(photo);
  const picked = group.photos.filter((other) => other.picked).map(({ id }) => id);
  return keepExactly(group, new Set([...picked, photoId]));
}

/** The same of a photo in no group. One that was taken from the shelf goes back there. */
export function toggleSingle(photo: Member): Decided[] {
  return [{ photos: [photo.id], decision: photo.decision === "keep" ? "auto" : "keep" }];
}

/** Keep a photo in no group, as the only one and as all that there are. */
export function keepSingle(photo: Member): Decided[] {
  return decisions(["keep", photo.decision === "keep" ? [] : [photo]]);
}

/** Keep this shot and no other of its group; a video only comes along. */
export function makePick(group: Group, photoId: string): Decided[] {
  const video = group.photos.find((photo) => photo.id === photoId && isVideo(photo));
  if (video) return video.decision === "reject" ? toggleReject(video) : [];
  return keepExactly(group, new Set([photoId]));
}

/** Reject a shot, or take that back; the pick passes to the next in rank where nothing is kept. */
export function toggleReject(photo: Member): Decided[] {
  return [{ photos: [photo.id], decision: photo.decision === "reject" ? "auto" : "reject" }];
}

/** Leave these photos to the automatic pick. */
export function leaveAll({ photos }: { readonly photos: readonly Member[] }): Decided[] {
  return decisions(["auto", photos.filter((photo) => photo.decision !== "auto")]);
}

export function rejectAll({ photos }: Pick<Group, "photos">): Decided[] {
  return decisions(["reject", photos.filter((photo) => photo.decision !== "reject")]);
}

export function decisions(...wanted: readonly (readonly [PhotoDecision, readonly Member[]])[]): Decided[] {
  return wanted
    .filter(([, photos]) => photos.length > 0)
    .map(([decision, photos]) => ({ decision, photos: photos.map(({ id }) => id) }));
}

/** What was decided, as the service takes it: in one request and one step of undo. */
export function requestOf(decided: readonly Decided[]): Record<PhotoDecision, string[]> {
  const idsOf = (wanted: PhotoDecision) =>
    decided.flatMap(({ photos, decision }) => (decision === wanted ? photos : []));
  return { keep: idsOf("keep"), reject: idsOf("reject"), auto: idsOf("auto") };
}
