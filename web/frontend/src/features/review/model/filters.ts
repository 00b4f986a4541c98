import type { View } from "../review-search";

export interface ClusterFilter {
  undecided?: boolean;
  no_clear_winner?: boolean;
  people?: boolean;
  manual?: boolean;
  kind?: "near_duplicate";
}

/** What a view shows of the groups, and of the photos in none; null where it shows none of them. */
export interface ViewFilter {
  readonly clusters: ClusterFilter | null;
  readonly singles: { readonly people?: boolean } | null;
}

export function filtersOf(view: View): ViewFilter {
  switch (view) {
    case "all":
      return { clusters: {}, singles: {} };
    case "people":
      return { clusters: { people: true }, singles: { people: true } };
    case "undecided":
      return { clusters: { undecided: true }, singles: null };
    case "unclear":
      return { clusters: { no_clear_winner: true }, singles: null };
    case "duplicates":
      return { clusters: { kind: "near_duplicate" }, singles: null };
    case "manual":
      return { clusters: { manual: true }, singles: null };
    case "singles":
      return { clusters: null, singles: {} };
    case "failed":
      return { clusters: null, singles: null };
  }
}
