import { IconX, IconZoomIn, IconZoomOut } from "@tabler/icons-react";
import { memo } from "react";

import type { TimelinePhoto } from "@/shared/api/schema-types";
import frame from "@/shared/components/large-frame.module.css";
import { useChosen } from "@/shared/guest-choices/chosen";
import { useDeciders } from "@/shared/members/deciders";

import { useReviewWords } from "../hooks/use-review-words";
import { useThumbnail } from "../hooks/use-thumbnail";
import { isVideo } from "../model/picks";

import classes from "./lightbox.module.css";
import { PhotoMenu } from "./photo-menu";

interface LightboxTopProps {
  photo: TimelinePhoto;
  place: number;
  count: number;
  isZoomed: boolean;
  onZoom: (isZoomed: boolean) => void;
  onClose: () => void;
}

/** Which shot it is, what is said of it, and the ways to look at it. */
export const LightboxTop = memo(function LightboxTop(props: LightboxTopProps) {
  const { photo, place, count, isZoomed, onZoom, onClose } = props;
  const { t, why, state } = useReviewWords();
  const thumbnail = useThumbnail(photo.id);
  const { decidedBy } = useDeciders();
  const chosen = useChosen(photo.id);
  return (
    <div className={`${frame.top} ${classes.top}`}>
      <div className={classes.caption}>
        <span className={classes.name}>
          {count > 1 && <b>{t("ofCount", { number: place + 1, count })}</b>} {photo.name}
        </span>
        <span className={classes.reason}>
          {[
            thumbnail.folder,
            capital(state(photo, false, decidedBy(photo))),
            capital(chosen?.words ?? ""),
            // The reason of a video would be that it is the only photo of its moment.
            photo.shelf || isVideo(photo) ? "" : why(thumbnail),
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </div>
      {!isVideo(photo) && (
        <button
          type="button"
          className={frame.icon}
          aria-label={t(isZoomed ? "zoomOut" : "zoomIn")}
          aria-pressed={isZoomed}
          onClick={() => onZoom(!isZoomed)}
        >
          {isZoomed ? <IconZoomOut size={24} stroke={1.6} /> : <IconZoomIn size={24} stroke={1.6} />}
        </button>
      )}
      <PhotoMenu photo={photo} className={frame.icon} />
      <button type="button" className={frame.icon} aria-label={t("close")} onClick={onClose}>
        <IconX size={24} stroke={1.6} />
      </button>
    </div>
  );
});

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
