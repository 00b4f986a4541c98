/** The filter and the order, kept in the address so that they survive going back and reloading. */
export const VIEWS = [
  "all",
  "undecided",
  "unclear",
  "people",
  "duplicates",
  "manual",
  "singles",
  "shelf",
  "left-out",
  "failed",
] as const;
export type View = (typeof VIEWS)[number];
export type Order = "time" | "unclear-first";

export interface ReviewSearch {
  view?: View;
  order?: Order;
}

/** Read the address; ignore unknown values. */
export function readReviewSearch(search: Record<string, unknown>): ReviewSearch {
  const view = VIEWS.find((known) => known === search.view && known !== "all");
  return { ...(view ? { view } : {}), ...(search.order === "unclear-first" ? { order: "unclear-first" } : {}) };
}
