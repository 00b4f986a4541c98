import { IconCheck, IconX } from "@tabler/icons-react";
import { memo, useEffect, useRef } from "react";

import type { TimelinePhoto } from "@/shared/api/schema-types";

import { useReviewWords } from "../hooks/use-review-words";
import { useThumbnail } from "../hooks/use-thumbnail";

import classes from "./lightbox.module.css";

interface LightboxStripProps {
  photos: readonly TimelinePhoto[];
  current: TimelinePhoto;
  /** They are one group. */
  areGroup: boolean;
  onShow: (photoId: string) => void;
}

/** The shots of the row, in the order of their numbers. */
export const LightboxStrip = memo(function LightboxStrip({ photos, current, areGroup, onShow }: LightboxStripProps) {
  const { shot } = useReviewWords();
  return (
    <div className={classes.strip}>
      {photos.map((other, index) => (
        <Thumbnail
          key={other.id}
          photo={other}
          isCurrent={other.id === current.id}
          name={areGroup ? shot(other, index, photos.length) : other.name}
          onShow={onShow}
        />
      ))}
    </div>
  );
});

interface ThumbnailProps {
  photo: TimelinePhoto;
  name: string;
  isCurrent: boolean;
  onShow: (photoId: string) => void;
}

function Thumbnail({ photo, name, isCurrent, onShow }: ThumbnailProps) {
  const { state, marks } = useReviewWords();
  const thumbnail = useThumbnail(photo.id);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isCurrent) button.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [isCurrent]);
  return (
    <button
      ref={button}
      type="button"
      className={classes.thumbnail}
      data-decision={photo.decision}
      data-picked={photo.picked}
      aria-current={isCurrent}
      aria-label={[name, state(photo, false, ""), marks(photo)].filter(Boolean).join(", ")}
      onClick={() => onShow(photo.id)}
    >
      {thumbnail.thumbnail_url && <img src={thumbnail.thumbnail_url} alt="" loading="lazy" draggable={false} />}
      {(photo.picked || photo.decision === "reject") && (
        <span className={classes.check}>
          {photo.picked ? <IconCheck size={12} stroke={3} /> : <IconX size={12} stroke={3} />}
        </span>
      )}
    </button>
  );
}
