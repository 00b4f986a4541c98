import { IconArrowBackUp, IconCheck, IconSquareNumber1, IconX } from "@tabler/icons-react";
import { memo } from "react";

import type { TimelinePhoto } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";

import { useReviewWords } from "../hooks/use-review-words";
import { isVideo } from "../model/picks";
import { useReviewActions } from "../review-context";

import classes from "./lightbox.module.css";

interface LightboxActionsProps {
  photo: TimelinePhoto;
  /** Its group has more. */
  hasOthers: boolean;
}

/** Undo and the decisions on the shot, as in Compare on a phone. */
export const LightboxActions = memo(function LightboxActions({ photo, hasOthers }: LightboxActionsProps) {
  const { t } = useReviewWords();
  const common = useMessages("common");
  const actions = useReviewActions();
  return (
    <div className={classes.actions}>
      <button type="button" className={classes.action} data-plain onClick={actions.undo}>
        <IconArrowBackUp size={20} stroke={1.6} />
        {common("undo")}
      </button>
      <button
        type="button"
        className={classes.action}
        aria-pressed={photo.decision === "reject"}
        onClick={() => actions.toggleReject(photo.id)}
      >
        <IconX size={20} />
        {t(photo.decision === "reject" ? "rejected" : "reject")}
      </button>
      {hasOthers && !isVideo(photo) && (
        <button type="button" className={classes.action} onClick={() => actions.makePick(photo.id)}>
          <IconSquareNumber1 size={20} stroke={1.6} />
          {t("onlyThis")}
        </button>
      )}
      <button
        type="button"
        className={classes.action}
        data-main
        aria-pressed={photo.decision === "keep"}
        onClick={() => actions.toggleKeep(photo.id)}
      >
        <IconCheck size={20} />
        {t("keep")}
      </button>
    </div>
  );
});
