import type { TimelineGroup } from "@/shared/api/schema-types";
import { type Decided, decisions, type Group, keepExactly, type Member, stillsOf } from "@/shared/picks/decisions";

export { isLeftOut, isVideo } from "@/shared/picks/decisions";

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

/** A group is decided when somebody keeps a photo of it or rejects them all. Nothing is decided about its videos. */
export function isDecided({ photos }: Group): boolean {
  const stills = stillsOf(photos);
  return stills.some((photo) => photo.decision === "keep") || stills.every((photo) => photo.decision === "reject");
}

/** The photo to show large: the best of the picked or left out, and the best of all where none is. */
export function heroOf<M extends Member>({ photos }: Group<M>): M | undefined {
  const best = (some: readonly M[]) =>
    some.reduce<M | undefined>((found, photo) => (found && found.rank <= photo.rank ? found : photo), undefined);
  const stills = stillsOf(photos);
  return best(stills.filter((photo) => photo.picked || photo.left_out)) ?? best(stills) ?? best(photos);
}

export function keepAll(group: Group): Decided[] {
  return keepExactly(group, new Set(group.photos.map(({ id }) => id)));
}

/** Keep what is picked now, or would be if the album wanted more picks. */
export function accept(group: Group): Decided[] {
  const isPick = (photo: Member) => photo.picked || photo.left_out;
  return decisions(["keep", stillsOf(group.photos).filter((photo) => isPick(photo) && photo.decision === "auto")]);
}
