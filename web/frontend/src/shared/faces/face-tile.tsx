import { IconArrowForward, IconBlur, IconEyeClosed } from "@tabler/icons-react";
import { useState } from "react";

import type { CloseUp } from "@/shared/api/schema-types";

import { cropOf, cropStyle, pixelsOf } from "./crop";
import classes from "./face-strip.module.css";

/** The pictures of a photo, of which faces are cut. */
export interface Pictures {
  readonly name: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly thumbnail_url: string | null;
  readonly preview_url: string | null;
}

/** The longer sides of the pictures, as the analysis makes them. */
const THUMBNAIL_SIDE = 512;
/** Below this share of a screen's pixels, a face in the thumbnail is too coarse to see its eyes. */
const ENOUGH = 0.7;
/** More of them are hardly seen in so small a picture. */
const MOST_PIXEL_RATIO = 2;

const ICONS = { eyes_shut: IconEyeClosed, turned_away: IconArrowForward, soft: IconBlur };

interface FaceTileProps {
  photo: Pictures;
  closeUp: CloseUp;
  /** In CSS pixels. */
  height: number;
  isBest: boolean;
  /** Whether the preview may be loaded where the thumbnail is too coarse. */
  isSharp: boolean;
}

/** A face in close-up, with a badge for its gravest flaw. Whatever is around it names it. */
export function FaceTile({ photo, closeUp, height, isBest, isSharp }: FaceTileProps) {
  const [isLoaded, setLoaded] = useState(false);
  const size = { width: photo.width ?? 1, height: photo.height ?? 1 };
  const crop = cropOf(closeUp, size.width, size.height);
  const style = cropStyle(crop);
  const wanted = height * Math.min(devicePixelRatio, MOST_PIXEL_RATIO) * ENOUGH;
  const isCoarse = pixelsOf(crop, size, THUMBNAIL_SIDE) < wanted;
  const [flaw] = closeUp.flaws ?? [];
  const Icon = flaw && ICONS[flaw];
  return (
    <span className={classes.tile} data-best={isBest} data-flaw={flaw}>
      <span className={classes.square}>
        {photo.thumbnail_url && (
          <img src={photo.thumbnail_url} alt="" style={style} draggable={false} decoding="async" />
        )}
        {isSharp && isCoarse && photo.preview_url && (
          <img
            src={photo.preview_url}
            alt=""
            style={{ ...style, opacity: isLoaded ? 1 : 0 }}
            loading="lazy"
            decoding="async"
            draggable={false}
            onLoad={() => setLoaded(true)}
          />
        )}
      </span>
      {Icon && (
        <span className={classes.badge}>
          <Icon size={13} stroke={2} aria-hidden />
        </span>
      )}
    </span>
  );
}
