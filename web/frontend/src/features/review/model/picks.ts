import type { PhotoDecision, TimelineGroup, TimelinePhoto } from "@/shared/api/schema-types";

/** One decision for some photos. One key press can make several, sent in one request and undone in one step. */
export interface Decided {
  readonly photos: readonly string[];
  readonly decision: PhotoDecision;
}

/** Exposures or focus distances of the same picture: one of them is enough, and the others stay folded beside it. */
export function isFolded({
  kind,
  photos,
}: Pick<TimelineGroup, "kind"> & { readonly photos: readonly Member[] }): boolean {
  const isSeries = kind === "bracket" || kind === "focus_stack";
  return isSeries && stillsOf(photos).filter(({ picked }) => picked).length <= 1;
}

/** Whether the ranking cannot tell which photo is the best. In a photo set it need not. */
export function isUnclear({ kind, clear_winner: isClear }: Pick<TimelineGroup, "kind" | "clear_winner">): boolean {
  return !isClear && (kind === "moment" || kind === "near_duplicate");
}

type Member = Pick<TimelinePhoto, "id" | "rank" | "decision" | "picked" | "left_out" | "kind">;
type Group<M extends Member = Member> = Pick<TimelineGroup, "kept_whole"> & { readonly photos: readonly M[] };

/** Videos never compete with photos: they are picked unless they are rejected. */
export function isVideo({ kind }: Pick<Member, "kind">): boolean {
  return kind === "video";
}

function stillsOf<M extends Member>(photos: readonly M[]): M[] {
  return photos.filter((photo) => !isVideo(photo));
}

/** A group is decided when somebody keeps a photo of it or rejects them all. Nothing is decided about its videos. */
export function isDecided({ photos }: Group): boolean {
  const stills = stillsOf(photos);
  return stills.some((photo) => photo.decision === "keep") || stills.every((photo) => photo.decision === "reject");
}

/** Whether the pick of a group is left out, because the album wants fewer picks. Its videos come along all the same. */
export function isLeftOut({ photos }: Group): boolean {
  return photos.some((photo) => photo.left_out) && !stillsOf(photos).some((photo) => photo.picked);
}

/** The photo to show large: the best of the picked or left out, and the best of all where none is. */
export function heroOf<M extends Member>({ photos }: Group<M>): M | undefined {
  const best = (some: readonly M[]) =>
    some.reduce<M | undefined>((found, photo) => (found && found.rank <= photo.rank ? found : photo), undefined);
  const stills = stillsOf(photos);
  return best(stills.filter((photo) => photo.picked || photo.left_out)) ?? best(stills) ?? best(photos);
}

/** The decisions that make exactly these photos kept, and leave the videos as they are. */
function keepExactly(group: Group, wanted: ReadonlySet<string>): Decided[] {
  const photos = stillsOf(group.photos);
  if (!photos.some((photo) => wanted.has(photo.id))) return rejectAll({ ...group, photos });
  const toKeep = photos.filter((photo) => wanted.has(photo.id) && photo.decision !== "keep");
  const toLeave = photos.filter((photo) => !wanted.has(photo.id) && photo.decision === "keep");
  return decisions(["keep", toKeep], ["auto", toLeave]);
}

/** Check or uncheck a shot. The checked shots are kept; without any, none is. */
export function toggleKeep(group: Group, photoId: string): Decided[] {
  const photo = group.photos.find(({ id }) => id === photoId);
  if (!photo) return [];
  const nobodyKeeps = !group.photos.some(({ decision }) => decision === "keep");
  if (isVideo(photo) || (group.kept_whole && nobodyKeeps && !photo.left_out))
    return [{ photos: [photoId], decision: photo.picked ? "reject" : "auto" }];
  const wanted = new Set(group.photos.filter(({ picked }) => picked).map(({ id }) => id));
  if (!wanted.delete(photoId)) wanted.add(photoId);
  return keepExactly(group, wanted);
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

export function keepAll(group: Group): Decided[] {
  return keepExactly(group, new Set(group.photos.map(({ id }) => id)));
}

export function rejectAll({ photos }: Group): Decided[] {
  return decisions(["reject", photos.filter((photo) => photo.decision !== "reject")]);
}

/** Leave all photos to the automatic pick. */
export function leaveAll({ photos }: Group): Decided[] {
  return decisions(["auto", photos.filter((photo) => photo.decision !== "auto")]);
}

/** Keep what is picked now, or would be if the album wanted more picks. */
export function accept(group: Group): Decided[] {
  const isPick = (photo: Member) => photo.picked || photo.left_out;
  return decisions(["keep", stillsOf(group.photos).filter((photo) => isPick(photo) && photo.decision === "auto")]);
}

/** A photo in no group is picked unless it is rejected. One that was taken from the shelf goes back there. */
export function toggleSingle(photo: Member & Pick<TimelinePhoto, "shelf">): Decided[] {
  const without = photo.shelf ? "auto" : "reject";
  return [{ photos: [photo.id], decision: photo.picked ? without : "keep" }];
}

function decisions(...wanted: readonly (readonly [PhotoDecision, readonly Member[]])[]): Decided[] {
  return wanted
    .filter(([, photos]) => photos.length > 0)
    .map(([decision, photos]) => ({ decision, photos: photos.map(({ id }) => id) }));
}
