import type { Photo } from "@/shared/api/schema-types";

export const ASPECTS = ["overall", "sharpness", "exposure", "noise", "eyes"] as const;
export type Aspect = (typeof ASPECTS)[number];

type Judged = Pick<Photo, "quality" | "exposure" | "scores">;

/** The invisible amount of noise in grey levels, as in the ranking. */
const VISIBLE_NOISE = 2;

/** Each so that more is better, on a scale of which a difference means the same in every group. */
const MEASURES: Record<Aspect, (photo: Judged) => number | undefined> = {
  overall: (photo) => photo.quality,
  sharpness: ({ scores }) => scores.detail,
  exposure: (photo) => photo.exposure ?? undefined,
  noise: ({ scores }) => (scores.noise === undefined ? undefined : -Math.log2(1 + (scores.noise / VISIBLE_NOISE) ** 2)),
  eyes: ({ scores }) => scores.eyes_open,
};

/** A difference as large as this fills the bar: smaller ones must not look like much. */
const FULL: Record<Aspect, number> = { overall: 3, sharpness: 1, exposure: 4, noise: 2, eyes: 0.6 };

/** The best of the photos has a full bar, the others as much less as they are worse, down to this. */
const EMPTY = 0.06;

export interface RelativeScore {
  readonly aspect: Aspect;
  /** From 0 to 1, inside these photos; null where nothing is known. */
  readonly value: number | null;
  /** No other is better, and at least one is visibly worse. */
  readonly best: boolean;
}

/** What the photos are like beside each other, in their order. Aspects nobody knows anything of are left out. */
export function relativeScores(photos: readonly Judged[]): RelativeScore[][] {
  // That of faces is what people look at, but only comparable with that of other faces.
  const haveFaces = photos.every((photo) => photo.scores.face_detail !== undefined);
  const columns = ASPECTS.map((aspect) => {
    const measure = aspect === "sharpness" && haveFaces ? ({ scores }: Judged) => scores.face_detail : MEASURES[aspect];
    const values = photos.map(measure);
    const known = values.filter((value) => value !== undefined);
    const [best, worst] = [Math.max(...known), Math.min(...known)];
    const span = Math.max(best - worst, FULL[aspect]);
    const visible = best - worst > FULL[aspect] / 5;
    return {
      isKnown: known.length > 0,
      scores: values.map((value): RelativeScore => ({
        aspect,
        value: value === undefined ? null : Math.max(EMPTY, 1 - (best - value) / span),
        best: value === best && visible,
      })),
    };
  }).filter((column) => column.isKnown);
  return photos.map((_, place) => columns.flatMap((column) => column.scores[place] ?? []));
}
