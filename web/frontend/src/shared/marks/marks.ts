export const STARS = [1, 2, 3, 4, 5] as const;
export const LABELS = ["red", "yellow", "green", "blue", "purple"] as const;
export type Label = (typeof LABELS)[number];

/** The stars and the colour label that a person gave a photo: 0 and an empty text for none. */
export interface Marks {
  readonly stars: number;
  readonly label: Label | "";
}

/** What one step gives a photo: stars or a label. */
export type Mark = Pick<Marks, "stars"> | Pick<Marks, "label">;

/** The label of the key at a place; the key behind the last takes it back. */
export function labelOf(place: number): Label | "" {
  return LABELS[place] ?? "";
}

/** Of a photo of the timeline, which leaves out what there is not. */
export function marksOf({ stars = 0, label = "" }: Partial<Marks>): Marks {
  return { stars, label };
}
