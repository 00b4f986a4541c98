import type { Album, ReviewCounts } from "@/shared/api/schema-types";

/** How many picks the album wants: a number, a share of all picks, or all if both are null. */
export interface Wanted {
  readonly count: number | null;
  readonly share: number | null;
}

export const ALL_PICKS: Wanted = { count: null, share: null };

/** The picks of an album, in numbers. */
export interface Picks {
  readonly wanted: Wanted;
  /** With those that the number leaves out. */
  readonly available: number;
  readonly picked: number;
  readonly kept: number;
}

export function picksOf(
  album: Pick<Album, "wanted_count" | "wanted_share" | "picked_count" | "left_out_count">,
  counts: Pick<ReviewCounts, "picked" | "left_out" | "kept"> | undefined,
): Picks {
  const picked = counts?.picked ?? album.picked_count;
  return {
    wanted: { count: album.wanted_count, share: album.wanted_share },
    available: picked + (counts?.left_out ?? album.left_out_count),
    picked,
    kept: counts?.kept ?? 0,
  };
}

export function isEverything({ count, share }: Wanted): boolean {
  return count === null && share === null;
}

/** As `Wanted.number_of` in `albums/picks.py`. */
export function numberOf({ available }: Pick<Picks, "available">, { count, share }: Wanted): number {
  if (count !== null) return count;
  return share === null ? available : Math.max(1, Math.floor(share * available + 0.5));
}

/** What somebody typed: "50", or "25 %"; null where it is neither. */
export function wantedFrom(text: string): Wanted | null {
  const [, digits, percent] = /^\s*(\d{1,6})\s*(%?)\s*$/.exec(text) ?? [];
  const value = Number(digits);
  if (!(value >= 1)) return null;
  if (!percent) return { count: value, share: null };
  return wantedShare(value);
}

/** A share in per cent. A hundred and more are all picks, also when there are more of them later. */
export function wantedShare(percent: number): Wanted {
  return percent >= 100 ? ALL_PICKS : { count: null, share: percent / 100 };
}

/** The place of the slider, from 1 to 100 per cent. */
export function shareOf(picks: Picks): number {
  const { wanted, available } = picks;
  if (wanted.share !== null) return Math.max(1, Math.round(wanted.share * 100));
  if (wanted.count === null || available === 0) return 100;
  return Math.min(100, Math.max(1, Math.round((100 * wanted.count) / available)));
}
