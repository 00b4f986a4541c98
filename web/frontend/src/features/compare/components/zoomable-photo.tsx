import { Loader } from "@mantine/core";
import { useState } from "react";

import type { Photo } from "@/shared/api/schema-types";
import { useFormat, useMessages } from "@/shared/i18n/language-context";
import { fullPictureOf } from "@/shared/pictures/full-picture";
import { noteRefusal, typeName } from "@/shared/pictures/picture-types";
import {
  actualSize,
  type Frame,
  needsOriginal,
  placedStyle,
  type View,
  type ViewChange,
  WHOLE,
} from "@/shared/zoom/pan-zoom";
import type { ZoomGestures } from "@/shared/zoom/use-zoom-gestures";
import { ZoomPane } from "@/shared/zoom/zoom-pane";

import classes from "./zoomable-photo.module.css";

interface ZoomablePhotoProps {
  photo: Photo;
  view: View;
  frame: Frame | undefined;
  onMeasured: (frame: Frame) => void;
  onChange: (change: ViewChange) => void;
  onChosen: () => void;
  /** What a finger does while the photo is not moved by it. */
  swipe?: ZoomGestures["swipe"];
}

/** A zoomable photo: its preview first, its original once that shows more detail. */
export function ZoomablePhoto({ photo, view, frame, onMeasured, onChange, onChosen, swipe }: ZoomablePhotoProps) {
  return (
    <div className={classes.pane}>
      <ZoomPane photo={photo} view={view} onMeasured={onMeasured} onChange={onChange} onPress={onChosen} swipe={swipe}>
        {frame && <Picture photo={photo} view={view} frame={frame} />}
      </ZoomPane>
    </div>
  );
}

function Picture({ photo, view, frame }: { photo: Photo; view: View; frame: Frame }) {
  const t = useMessages("compare");
  const format = useFormat();
  const [loaded, setLoaded] = useState<"no" | "yes" | "failed">("no");
  const wanted = needsOriginal(view, frame, devicePixelRatio);
  const { url: source, missing } = fullPictureOf(photo);
  const canShow = source !== null;
  const style = placedStyle(view, frame);
  // Pixels that are large enough to be counted are not smoothed.
  const share = view.zoom / actualSize(frame, devicePixelRatio);
  const note = !wanted
    ? null
    : photo.capture.raw === "embedded_only"
      ? t("embeddedOnly")
      : missing === "size"
        ? t("previewOfLarge")
        : missing === "type"
          ? t("previewOnly", { type: typeName(photo.content_type) })
          : loaded === "failed"
            ? t("originalFailed")
            : loaded === "no"
              ? t("originalLoading")
              : null;
  return (
    <>
      <img
        className={classes.picture}
        src={photo.preview_url ?? photo.thumbnail_url ?? undefined}
        alt={photo.name}
        draggable={false}
        style={{ ...style, backgroundImage: photo.placeholder ? `url("${photo.placeholder}")` : undefined }}
      />
      {wanted && canShow && loaded !== "failed" && (
        <img
          className={classes.picture}
          src={source}
          alt=""
          draggable={false}
          data-original={loaded === "yes"}
          style={{ ...style, opacity: loaded === "yes" ? 1 : 0, imageRendering: share >= 3 ? "pixelated" : undefined }}
          onLoad={() => setLoaded("yes")}
          onError={() => {
            noteRefusal(photo.content_type);
            setLoaded("failed");
          }}
        />
      )}
      {view.zoom > WHOLE.zoom && (
        <span className={classes.zoom}>
          {wanted && canShow && loaded === "no" && <Loader size={12} color="white" aria-hidden />}
          <span>{t("zoomOf", { percent: format.percentOver(share) })}</span>
          {note && <span className={loaded === "no" && canShow ? "visually-hidden" : undefined}>{note}</span>}
        </span>
      )}
    </>
  );
}
