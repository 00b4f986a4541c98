import type { ReactNode, RefObject } from "react";

import type { TimelinePhoto } from "@/shared/api/schema-types";
import { LargeFrame } from "@/shared/components/large-frame";
import frame from "@/shared/components/large-frame.module.css";
import { StepButtons } from "@/shared/components/step-buttons";
import { showFace } from "@/shared/zoom/face-view";

import type { Inspection } from "../hooks/use-inspection";
import { useLargeView } from "../hooks/use-large-view";
import { usePreviews } from "../hooks/use-previews";
import { useReviewWords } from "../hooks/use-review-words";
import { isVideo } from "../model/picks";
import { photosOf, type Row } from "../model/rows";

import { LargeFaces } from "./large-faces";
import { LargeMarks } from "./large-marks";
import { LargePhoto } from "./large-photo";
import { LargeVideo } from "./large-video";
import { LightboxActions } from "./lightbox-actions";
import { LightboxStrip } from "./lightbox-strip";
import { LightboxTop } from "./lightbox-top";
import classes from "./lightbox.module.css";
import { VideoFrames } from "./video-frames";

interface LightboxProps {
  row: Row | null;
  photo: TimelinePhoto | null;
  isZoomed: boolean;
  /** A dialog is over it, which Escape closes first. */
  isCovered: boolean;
  inspection: Inspection;
  /** Where the keys of the photo act; it gets the focus. */
  middle: RefObject<HTMLDivElement | null>;
  /** The last step with undo, to be seen over the photo. */
  said?: ReactNode;
  onZoom: (isZoomed: boolean) => void;
  onClose: () => void;
  onShow: (photoId: string) => void;
}

/** A shot as large as the window, with the others of its group below. */
export function Lightbox({ row, photo, isCovered, ...inside }: LightboxProps) {
  if (!row || !photo) return null;
  return (
    <LargeFrame label={photo.name} isCovered={isCovered} onClose={inside.onClose}>
      <Inside row={row} photo={photo} {...inside} />
    </LargeFrame>
  );
}

type InsideProps = Omit<LightboxProps, "isCovered"> & { row: Row; photo: TimelinePhoto };

function Inside({ row, photo, isZoomed, inspection, middle, said, onZoom, onClose, onShow }: InsideProps) {
  const { t, shot } = useReviewWords();
  const group = row.kind === "group" ? row.group : null;
  // In the order of the numbers here: a strip that changes while one decides cannot be followed.
  const photos = group?.photos ?? photosOf(row);
  const place = photos.findIndex(({ id }) => id === photo.id);
  const go = (step: number) => {
    const other = photos[place + step];
    if (other) onShow(other.id);
  };
  const { detail, reader, zoom } = useLargeView({ row, photo, isZoomed, onZoom });
  usePreviews(photos[place + 1], photos[place - 1]);
  const label = group ? shot(photo, place, photos.length) : photo.name;
  return (
    <div className={frame.page}>
      <LightboxTop
        photo={photo}
        place={place}
        count={photos.length}
        isZoomed={isZoomed}
        onZoom={onZoom}
        onClose={onClose}
      />
      <div ref={middle} className={frame.middle} data-shot={photo.id} tabIndex={-1} data-autofocus>
        {isVideo(photo) ? (
          <LargeVideo key={photo.id} photo={photo} label={label} />
        ) : (
          <LargePhoto
            photo={photo}
            detail={detail}
            alt={label}
            zoom={zoom}
            inspection={inspection}
            reader={reader}
            onSwipe={(swipe) => {
              if (swipe === "down") onClose();
              else go(swipe === "next" ? 1 : -1);
            }}
          />
        )}
        <StepButtons place={place} count={photos.length} previous={t("previous")} next={t("next")} onStep={go} />
        {said && <div className={`${frame.said} ${classes.said}`}>{said}</div>}
      </div>
      {isVideo(photo) ? (
        <VideoFrames key={`${photo.id} frames`} video={photo} inStrip={photos} />
      ) : (
        <LargeFaces
          key={photo.id}
          photo={photo}
          people={group?.people ?? 0}
          onFace={(face) => zoom.change(showFace(face, devicePixelRatio))}
        />
      )}
      {photos.length > 1 && <LightboxStrip photos={photos} current={photo} areGroup={group !== null} onShow={onShow} />}
      <LargeMarks photo={photo} />
      <LightboxActions photo={photo} hasOthers={group !== null && photos.length > 1} />
    </div>
  );
}
