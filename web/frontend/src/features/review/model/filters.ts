import type { ReviewCounts } from "@/shared/api/schema-types";
import { type Label, STARS } from "@/shared/marks/marks";

import { isMarksView, type MarksView, type View } from "../review-search";

export interface ClusterFilter {
  undecided?: boolean;
  no_clear_winner?: boolean;
  people?: boolean;
  manual?: boolean;
  kind?: "near_duplicate";
  left_out?: boolean;
  stars?: number;
  label?: Label;
}

/** What a view shows of the groups, and of the photos in none; null where it shows none of them. */
export interface ViewFilter {
  readonly clusters: ClusterFilter | null;
  readonly singles: {
    readonly people?: boolean;
    readonly shelved?: boolean;
    readonly left_out?: boolean;
    readonly stars?: number;
    readonly label?: Label;
  } | null;
}

export function filtersOf(view: View): ViewFilter {
  if (isMarksView(view)) {
    const marks = filterOfMarks(view);
    return { clusters: marks, singles: marks };
  }
  switch (view) {
    case "all":
      return { clusters: {}, singles: {} };
    case "people":
      return { clusters: { people: true }, singles: { people: true } };
    case "undecided":
      return { clusters: { undecided: true }, singles: null };
    case "unclear":
      return { clusters: { no_clear_winner: true, undecided: true }, singles: null };
    case "duplicates":
      return { clusters: { kind: "near_duplicate" }, singles: null };
    case "manual":
      return { clusters: { manual: true }, singles: null };
    case "singles":
      return { clusters: null, singles: {} };
    case "shelf":
      return { clusters: null, singles: { shelved: true } };
    case "left-out":
      return { clusters: { left_out: true }, singles: { left_out: true } };
    case "failed":
      return { clusters: null, singles: null };
  }
}

/** What a photo has in a view of stars or of a label. */
export function filterOfMarks(view: MarksView): { stars: number } | { label: Label } {
  const stars = STARS.find((least) => view === `stars-${least}`);
  return stars ? { stars } : { label: view.slice("label-".length) as Label };
}

/**
 * The groups that "Accept" accepts in a view: what is clear, or all of those that somebody looks at because they are not.
 * What is left out has no picks to accept.
 */
export function toAccept(view: View): ClusterFilter | null {
  if (view === "left-out") return null;
  const { clusters } = filtersOf(view);
  return clusters && { no_clear_winner: false, ...clusters };
}

export interface Acceptance {
  /** How many groups a view can accept; null where that is not known. */
  readonly acceptable: number | null;
  /** How many groups are left to look at. */
  readonly unclear: number;
  /** Whether it accepts only groups with a clear winner, or those without because they are what the view shows. */
  readonly areClear: boolean;
}

export function acceptance(view: View, counts: ReviewCounts | undefined): Acceptance {
  const unclear = counts?.undecided_no_clear_winner ?? 0;
  if (toAccept(view) === null) return { acceptable: 0, unclear: 0, areClear: true };
  if (view === "unclear") return { acceptable: counts ? unclear : null, unclear: 0, areClear: false };
  if (view !== "all" && view !== "undecided") return { acceptable: null, unclear: 0, areClear: true };
  return { acceptable: counts ? counts.undecided - unclear : null, unclear, areClear: true };
}
