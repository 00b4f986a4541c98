import type { SharedPhoto } from "@/shared/api/schema-types";

/** Photos that stand together: the shots of one moment, or photos between two such moments. */
export interface Stretch {
  readonly key: string;
  /** The wall-clock time of the first photo, where it is known. */
  readonly time: string | null;
  readonly isMoment: boolean;
  readonly photos: readonly SharedPhoto[];
}

export interface Day {
  readonly key: string;
  /** Null for photos without a time. */
  readonly day: string | null;
  readonly stretches: readonly Stretch[];
}

/** Parts a list where `isSame` is false for two neighbours. */
function parted<Item>(items: readonly Item[], isSame: (before: Item, item: Item) => boolean): Item[][] {
  const parts: Item[][] = [];
  for (const item of items) {
    const part = parts.at(-1);
    const before = part?.at(-1);
    if (part && before !== undefined && isSame(before, item)) part.push(item);
    else parts.push([item]);
  }
  return parts;
}

const dayOf = ({ taken_at }: SharedPhoto) => taken_at?.slice(0, 10) ?? null;

/** Photos in order of capture, by days. Shots of a moment that follow each other are a stretch of their own. */
export function daysOf(photos: readonly SharedPhoto[]): Day[] {
  return parted(photos, (before, photo) => dayOf(before) === dayOf(photo)).map((ofDay) => {
    const moments = parted(ofDay, (before, photo) => before.moment !== null && before.moment === photo.moment);
    const stretches = parted(moments, (before, moment) => before.length === 1 && moment.length === 1).map((run) => {
      const [first = [] as SharedPhoto[]] = run;
      return {
        key: first[0]?.id ?? "",
        time: first[0]?.taken_at ?? null,
        isMoment: first.length > 1,
        photos: run.flat(),
      };
    });
    return { key: stretches[0]?.key ?? "", day: ofDay[0] ? dayOf(ofDay[0]) : null, stretches };
  });
}
