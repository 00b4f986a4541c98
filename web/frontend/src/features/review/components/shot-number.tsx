import type { TimelinePhoto } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";

import { isVideo } from "../model/picks";
import { useReviewActions } from "../review-context";

import classes from "./shot-number.module.css";

/** The number of a shot in its group, which is its key. Pressing it does the same as the key: keep only this one. */
export function ShotNumber({ photo, number }: { photo: TimelinePhoto; number: number }) {
  const t = useMessages("review");
  const actions = useReviewActions();
  if (isVideo(photo)) return null;
  return (
    <button
      type="button"
      className={classes.number}
      tabIndex={-1}
      aria-label={`${number} ${t("onlyThis")}: ${photo.name}`}
      onClick={() => actions.makePick(photo.id)}
    >
      {number}
      <span className={classes.words}>{` ${t("onlyThis")}`}</span>
    </button>
  );
}
