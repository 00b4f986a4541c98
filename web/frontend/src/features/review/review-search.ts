/** What of the album is shown, and in which order: kept in the address, so that going back and a reload keep it. */
export const VIEWS = ["all", "undecided", "unclear", "people", "duplicates", "manual", "singles", "failed"] as const;
export type View = (typeof VIEWS)[number];
export type Order = "time" | "unclear-first";

export interface ReviewSearch {
  view?: View;
  order?: Order;
}

/** What an address says; anything else than the words above says nothing. */
export function readReviewSearch(search: Record<string, unknown>): ReviewSearch {
  const view = VIEWS.find((known) => known === search.view && known !== "all");
  return { ...(view ? { view } : {}), ...(search.order === "unclear-first" ? { order: "unclear-first" } : {}) };
}
