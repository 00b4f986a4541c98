import { createContext, useContext } from "react";

import type { TimelineGroup, TimelinePhoto } from "@/shared/api/schema-types";
import type { Label } from "@/shared/marks/marks";

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

/** The actions of the review. The object never changes, so it causes no rendering. */
export interface ReviewActions {
  readonly activate: (photoId: string) => void;
  readonly open: (photoId: string) => void;
  readonly select: (photoId: string) => void;
  readonly toggleKeep: (photoId: string) => void;
  readonly toggleReject: (photoId: string) => void;
  readonly makePick: (photoId: string) => void;
  /** Give photos 1 to 5 stars, or take them back with 0. */
  readonly setStars: (photoIds: readonly string[], stars: number) => void;
  /** Give photos a colour label, or take it back with an empty one. */
  readonly setLabel: (photoIds: readonly string[], label: Label | "") => void;
  readonly ofGroup: (action: GroupAction, group: TimelineGroup) => void;
  readonly expand: (groupId: string) => void;
  /** Show or hide the faces below the shots of a group. */
  readonly toggleFaces: (groupId: string) => void;
  /** Say when a photo was taken, if its camera was wrong. */
  readonly openClock: (photoId: string) => void;
  readonly undo: () => void;
  readonly askToDelete: (photo: TimelinePhoto) => void;
  readonly keepShelf: (photos: readonly TimelinePhoto[]) => void;
}

export const ReviewActionsContext = createContext<ReviewActions | null>(null);

export function useReviewActions(): ReviewActions {
  const actions = useContext(ReviewActionsContext);
  if (!actions) throw new Error("There is no review above.");
  return actions;
}
