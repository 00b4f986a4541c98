import { createContext, useContext } from "react";

import type { TimelineGroup } from "@/shared/api/schema-types";

export type GroupAction =
  | "accept"
  | "keep-all"
  | "keep-none"
  | "leave"
  | "take-apart"
  | "merge-previous"
  | "merge-next"
  | "release"
  | "select"
  | "compare";

/** What can be done to what the list shows. The object stays the same, so that nothing is drawn anew for it. */
export interface ReviewActions {
  readonly activate: (photoId: string) => void;
  readonly open: (photoId: string) => void;
  readonly select: (photoId: string) => void;
  readonly toggleKeep: (photoId: string) => void;
  readonly toggleReject: (photoId: string) => void;
  readonly makePick: (photoId: string) => void;
  readonly ofGroup: (action: GroupAction, group: TimelineGroup) => void;
  readonly expand: (groupId: string) => void;
}

export const ReviewActionsContext = createContext<ReviewActions | null>(null);

export function useReviewActions(): ReviewActions {
  const actions = useContext(ReviewActionsContext);
  if (!actions) throw new Error("There is no review above.");
  return actions;
}
