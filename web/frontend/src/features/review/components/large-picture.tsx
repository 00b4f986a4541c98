import { Loader } from "@mantine/core";
import { useState } from "react";

import type { Photo } from "@/shared/api/schema-types";
import { useFormat, useMessages } from "@/shared/i18n/language-context";
import { fullPictureOf } from "@/shared/pictures/full-picture";
import { noteRefusal, typeName } from "@/shared/pictures/picture-types";
import type { PixelReader } from "@/shared/pictures/pixel-reader";
import {
  actualSize,
  type Frame,
  needsOriginal,
  placedStyle,
  type Point,
  type View,
  WHOLE,
} from "@/shared/zoom/pan-zoom";

import type { Inspection } from "../hooks/use-inspection";
import { useThumbnail } from "../hooks/use-thumbnail";

import classes from "./large-picture.module.css";
import { PixelMarks } from "./pixel-marks";

interface LargePictureProps {
  photoId: string;
  detail: Photo | undefined;
  alt: string;
  view: View;
  frame: Frame;
  pulled: Point;
  inspection: Inspection;
  reader: PixelReader;
}

const PREVIEW_SIDE = 2048;
/** From here on, pixels are large enough to be counted, and are not smoothed. */
const COUNTED = 3;

/** A photo as sharp as it is shown: the thumbnail, the preview over it, and its own pixels, row by row, over both. */
export function LargePicture({ photoId, detail, alt, view, frame, pulled, inspection, reader }: LargePictureProps) {
  const t = useMessages("review-large");
  const format = useFormat();
  const thumbnail = useThumbnail(photoId);
  const [loaded, setLoaded] = useState<"no" | "yes" | "failed">("no");
  const isWanted = needsOriginal(view, frame, devicePixelRatio);
  const full = detail && fullPictureOf(detail);
  const fullUrl = full && loaded !== "failed" && (isWanted || loaded === "yes") ? full.url : null;
  const share = view.zoom / actualSize(frame, devicePixelRatio);
  const style = placedStyle(view, frame, pulled);

  const noteOf = () => {
    if (!isWanted || !detail || !full) return null;
    const pixels = format.number(PREVIEW_SIDE);
    if (detail.capture.raw === "embedded_only" && !full.url) return t("previewRaw", { pixels });
    if (full.missing === "size") return t("previewSize", { pixels });
    if (full.missing) return t("previewType", { pixels, type: typeName(detail.content_type) });
    return loaded === "failed" ? t("failed", { pixels }) : null;
  };
  const note = noteOf();
  const isLoading = fullUrl !== null && loaded === "no";
  const shownUrl = loaded === "yes" && isWanted ? fullUrl : thumbnail.preview_url;
  return (
    <>
      {thumbnail.thumbnail_url && (
        <img className={classes.picture} src={thumbnail.thumbnail_url} alt="" draggable={false} style={style} />
      )}
      {thumbnail.preview_url && (
        <img
          className={classes.picture}
          src={thumbnail.preview_url}
          alt={alt}
          draggable={false}
          decoding="async"
          style={style}
        />
      )}
      {fullUrl && (
        <img
          className={classes.picture}
          src={fullUrl}
          alt=""
          draggable={false}
          decoding="async"
          data-original={loaded === "yes"}
          style={{ ...style, imageRendering: share >= COUNTED ? "pixelated" : undefined }}
          onLoad={() => setLoaded("yes")}
          onError={() => {
            if (detail) noteRefusal(detail.content_type);
            setLoaded("failed");
          }}
        />
      )}
      {shownUrl && (inspection.peaking || inspection.clipping) && (
        <PixelMarks
          reader={reader}
          url={shownUrl}
          view={view}
          frame={frame}
          marks={inspection}
          refused={t("noPixels")}
        />
      )}
      {view.zoom > WHOLE.zoom && (
        <div className={classes.zoom} role="status">
          {isLoading && <Loader size={12} color="white" aria-hidden />}
          <span>{format.percentOver(share)}</span>
          {isLoading && <span className="visually-hidden">{t("loading")}</span>}
          {note && <span>{note}</span>}
        </div>
      )}
    </>
  );
}
