import { type Label, LABELS, STARS } from "@/shared/marks/marks";

import type { Find } from "./model/find";

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
export type MarksView = `stars-${(typeof STARS)[number]}` | `label-${Label}`;
export type View = (typeof VIEWS)[number] | MarksView;
export type Order = "time" | "unclear-first";

const MARKS_VIEWS: readonly MarksView[] = [
  ...STARS.map((least) => `stars-${least}` as const),
  ...LABELS.map((label) => `label-${label}` as const),
];

export function isMarksView(view: View): view is MarksView {
  return MARKS_VIEWS.some((known) => known === view);
}

export interface ReviewSearch extends Find {
  view?: View;
  order?: Order;
}

/** Read the address; ignore unknown values. */
export function readReviewSearch(search: Record<string, unknown>): ReviewSearch {
  const view = [...VIEWS, ...MARKS_VIEWS].find((known) => known === search.view && known !== "all");
  return {
    ...(view ? { view } : {}),
    ...(search.order === "unclear-first" ? { order: "unclear-first" } : {}),
    ...readFind(search),
  };
}

/** In an address that somebody wrote, the number of a file is a number. */
function readFind({ name, camera }: Record<string, unknown>): Find {
  const isText = (value: unknown) => typeof value === "string" || typeof value === "number";
  return {
    ...(isText(name) && name !== "" ? { name: String(name) } : {}),
    ...(isText(camera) ? { camera: String(camera) } : {}),
  };
}

/** Write the address: only what is not as at first. */
export function searchOf(view: View, order: Order, { name, camera }: Find): ReviewSearch {
  return {
    ...(view === "all" ? {} : { view }),
    ...(order === "time" ? {} : { order }),
    ...(name ? { name } : {}),
    ...(camera === undefined ? {} : { camera }),
  };
}
