import { IconCheck, IconPlayerPlayFilled, IconX } from "@tabler/icons-react";
import { memo, type MouseEvent } from "react";

import type { TimelinePhoto } from "@/shared/api/schema-types";
import { companionKinds } from "@/shared/files/companions";
import { useChosen } from "@/shared/guest-choices/chosen";
import { useMessages } from "@/shared/i18n/language-context";
import { videoLength } from "@/shared/i18n/video-length";
import { MarksBadge } from "@/shared/marks/marks-badge";
import { useDeciders } from "@/shared/members/deciders";

import { useLongPress } from "../hooks/use-long-press";
import { useReviewWords } from "../hooks/use-review-words";
import { useThumbnail } from "../hooks/use-thumbnail";
import { isVideo } from "../model/picks";
import { useReviewActions } from "../review-context";

import { ShotNumber } from "./shot-number";
import classes from "./shot.module.css";

interface ShotProps {
  photo: TimelinePhoto;
  width: number;
  height: number;
  /** Its number in the group and the group's size, or null for a photo in no group. */
  place: { readonly number: number; readonly count: number } | null;
  isLarge?: boolean;
  /** The tab key stops at only one shot of the list. */
  isTabStop: boolean;
  isSelected: boolean;
  isSelecting: boolean;
}

/** From this width on, in pixels of the screen, the thumbnail would look soft. */
const THUMBNAIL = 720;

/** A photo of the list with its mark. Its size is reserved and its placeholder shown until the picture loads. */
export const Shot = memo(function Shot(props: ShotProps) {
  const { photo, width, height, place, isSelected } = props;
  const { t, state, marks, why } = useReviewWords();
  const thumbnail = useThumbnail(photo.id);
  const { decidedBy } = useDeciders();
  const chosen = useChosen(photo.id);
  const actions = useReviewActions();
  const press = useLongPress(() => actions.select(photo.id));
  const name = place ? t("shot", { ...place, name: photo.name }) : photo.name;
  const label = [name, state(photo, isSelected, decidedBy(photo)), marks(photo), chosen?.words]
    .filter(Boolean)
    .join(", ");
  const isSharper = (props.isLarge ?? false) && width * devicePixelRatio > THUMBNAIL;
  const onClick = (event: MouseEvent) => {
    if (press.wasHeld()) return;
    if (props.isSelecting || event.ctrlKey || event.metaKey || event.shiftKey) actions.select(photo.id);
    else actions.open(photo.id);
  };
  return (
    <div
      className={classes.shot}
      data-picked={photo.picked}
      data-left-out={photo.left_out}
      data-decision={photo.decision}
      data-selected={isSelected}
      data-large={props.isLarge}
      style={{
        width,
        height,
        ...(thumbnail.placeholder ? { backgroundImage: `url("${thumbnail.placeholder}")` } : {}),
      }}
    >
      <button
        type="button"
        className={classes.open}
        data-shot={photo.id}
        tabIndex={props.isTabStop ? 0 : -1}
        aria-label={label}
        title={photo.shelf ? undefined : why(thumbnail)}
        onClick={onClick}
        onFocus={() => actions.activate(photo.id)}
        {...press.handlers}
      >
        {thumbnail.thumbnail_url && (
          <img
            src={isSharper ? (thumbnail.preview_url ?? thumbnail.thumbnail_url) : thumbnail.thumbnail_url}
            alt=""
            width={width}
            height={height}
            decoding="async"
            draggable={false}
          />
        )}
      </button>
      {place && place.count > 1 && <ShotNumber photo={photo} number={place.number} />}
      {isVideo(photo) ? (
        <span className={classes.video} aria-hidden>
          <IconPlayerPlayFilled size={11} />
          {videoLength(photo.seconds)}
        </span>
      ) : (
        <FileBadge photo={photo} />
      )}
      {photo.left_out && (
        <span className={classes.leftOut} aria-hidden>
          {t("leftOut")}
        </span>
      )}
      <MarksBadge photo={photo} chosen={chosen?.count ?? 0} />
      <button
        type="button"
        className={classes.mark}
        tabIndex={-1}
        aria-pressed={photo.decision === "keep"}
        aria-label={t("keepNamed", { name: photo.name })}
        onClick={() => actions.toggleKeep(photo.id)}
      >
        <span className={classes.dot}>
          {photo.decision === "reject" ? <IconX size={16} stroke={2.4} /> : <IconCheck size={17} stroke={2.6} />}
        </span>
      </button>
    </div>
  );
});

/** What is in or beside the file of a photo, in the corner where a video has its length. */
function FileBadge({ photo }: { photo: TimelinePhoto }) {
  const { t } = useReviewWords();
  const frames = useMessages("review-frames");
  const parts = [
    // During an upgrade, the answer may be of the previous version.
    photo.frame_seconds == null ? "" : frames("fromVideo"),
    photo.has_film ? t("motion") : "",
    companionKinds(photo.companions, photo.name, t("edited")),
  ];
  const text = parts.join(" ").trim();
  if (text === "") return null;
  return (
    <span className={classes.companions} aria-hidden>
      {text}
    </span>
  );
}
