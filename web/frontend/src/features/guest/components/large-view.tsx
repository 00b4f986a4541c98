import { IconDownload, IconX } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useState } from "react";

import type { SharedDetails, SharedPhoto } from "@/shared/api/schema-types";
import { LargeFrame } from "@/shared/components/large-frame";
import frame from "@/shared/components/large-frame.module.css";
import { StepButtons } from "@/shared/components/step-buttons";
import { VideoPlayer, VideoPoster } from "@/shared/components/video-player";
import { useMessages } from "@/shared/i18n/language-context";
import { useLoadedAhead } from "@/shared/pictures/use-loaded-ahead";
import { placedStyle, type Point } from "@/shared/zoom/pan-zoom";
import type { Swipe } from "@/shared/zoom/swipe";
import { useKeptZoom } from "@/shared/zoom/use-kept-zoom";
import { ZoomPane } from "@/shared/zoom/zoom-pane";

import { ChoiceButton } from "./choice-button";
import classes from "./large-view.module.css";

interface LargeViewProps {
  shared: SharedDetails;
  photos: readonly SharedPhoto[];
  /** Null while it is closed. */
  photoId: string | null;
  /** The guest is asked for a name. */
  isCovered: boolean;
  /** How many are chosen, in words. */
  counted: string;
  said: ReactNode;
  onShow: (photoId: string) => void;
  onClose: () => void;
  onChoose: (photo: SharedPhoto, isChosen: boolean) => void;
  onMissing: () => void;
}

/** A photo as large as the window: swipe or press the arrows for the next one, pinch or tap twice to zoom. */
export function LargeView({ photoId, isCovered, ...inside }: LargeViewProps) {
  const t = useMessages("guest");
  const place = inside.photos.findIndex(({ id }) => id === photoId);
  const photo = inside.photos[place];
  if (!photo) return null;
  return (
    <LargeFrame label={t("large")} isCovered={isCovered} onClose={inside.onClose}>
      <Inside photo={photo} place={place} {...inside} />
    </LargeFrame>
  );
}

type InsideProps = Omit<LargeViewProps, "photoId" | "isCovered"> & { photo: SharedPhoto; place: number };

function Inside({ shared, photos, photo, place, counted, said, onShow, onClose, onChoose, onMissing }: InsideProps) {
  const t = useMessages("guest");
  const common = useMessages("common");
  const [isZoomed, setZoomed] = useState(false);
  const label = t("photo", { number: place + 1, total: photos.length });
  const canChoose = shared.role === "heart" || shared.role === "choose";
  const go = (step: number) => {
    const other = photos[place + step];
    if (!other) return;
    setZoomed(false);
    onShow(other.id);
  };
  useLoadedAhead([photos[place + 1], photos[place - 1]].map((other) => other?.preview_url ?? "").join(" "));
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as Element;
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest("video")) return;
    if (event.key === "ArrowRight") go(1);
    else if (event.key === "ArrowLeft") go(-1);
    else if (event.key === "z") setZoomed(!isZoomed);
    else if (event.key === " " && canChoose && !target.closest("button, a")) onChoose(photo, !photo.chosen);
    else return;
    event.preventDefault();
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- Keys for the whole view; each has a button, too.
    <div className={frame.page} onKeyDown={onKeyDown}>
      <div className={`${frame.top} ${classes.top}`}>
        <span className={classes.place}>{label}</span>
        {photo.download_url && (
          <a className={frame.icon} href={photo.download_url} download aria-label={t("download")} title={t("download")}>
            <IconDownload size={24} stroke={1.6} />
          </a>
        )}
        <button type="button" className={frame.icon} aria-label={common("close")} onClick={onClose}>
          <IconX size={26} stroke={1.6} />
        </button>
      </div>
      <div className={frame.middle} tabIndex={-1} data-autofocus data-large={photo.id}>
        {photo.kind === "video" ? (
          <Video key={photo.id} photo={photo} label={label} />
        ) : (
          <Picture
            photo={photo}
            label={label}
            isZoomed={isZoomed}
            onZoom={setZoomed}
            onMissing={onMissing}
            onSwipe={(swipe) => {
              if (swipe === "down") onClose();
              else go(swipe === "next" ? 1 : -1);
            }}
          />
        )}
        <StepButtons place={place} count={photos.length} previous={t("previous")} next={t("next")} onStep={go} />
        <div className={`${frame.said} ${classes.said}`}>{said}</div>
      </div>
      {canChoose && (
        <div className={classes.actions}>
          <ChoiceButton
            role={shared.role}
            isChosen={photo.chosen}
            label={label}
            isLarge
            onChoose={(isChosen) => onChoose(photo, isChosen)}
          />
          <span className={classes.count}>{counted}</span>
        </div>
      )}
    </div>
  );
}

interface PictureProps {
  photo: SharedPhoto;
  label: string;
  isZoomed: boolean;
  onZoom: (isZoomed: boolean) => void;
  onSwipe: (swipe: Swipe) => void;
  onMissing: () => void;
}

function Picture({ photo, label, isZoomed, onZoom, onSwipe, onMissing }: PictureProps) {
  const [pulled, setPulled] = useState<Point>({ x: 0, y: 0 });
  const zoom = useKeptZoom({ photo, shots: photo.id, focus: null, isZoomed, onZoom });
  const style = zoom.frame && placedStyle(zoom.view, zoom.frame, pulled);
  const pictures = [
    { url: photo.thumbnail_url, alt: "" },
    { url: photo.preview_url, alt: label },
  ];
  return (
    <ZoomPane
      photo={photo}
      view={zoom.view}
      onMeasured={zoom.measured}
      onChange={zoom.change}
      swipe={zoom.isLarger ? undefined : { onPull: setPulled, onSwipe }}
    >
      {style &&
        pictures.map(({ url, alt }) => (
          <img
            key={url}
            className={classes.picture}
            src={url}
            alt={alt}
            draggable={false}
            decoding="async"
            style={style}
            onError={onMissing}
          />
        ))}
    </ZoomPane>
  );
}

function Video({ photo, label }: { photo: SharedPhoto; label: string }) {
  const t = useMessages("guest");
  if (photo.video_url === null) {
    return (
      <VideoPoster poster={photo.preview_url} label={label}>
        {t("videoNotShared")}
      </VideoPoster>
    );
  }
  return <VideoPlayer url={photo.video_url} poster={photo.preview_url} label={label} refused={t("cannotPlay")} />;
}
