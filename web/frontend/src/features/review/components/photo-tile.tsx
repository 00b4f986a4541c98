import { IconCheck } from "@tabler/icons-react";

import type { Photo } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";

import { reviewMessages } from "../review-messages";

import classes from "./photo-tile.module.css";

/** A photo in its own shape: its size is known before its picture, so nothing jumps. */
export function PhotoTile({ photo }: { photo: Photo }) {
  const t = useMessages(reviewMessages);
  if (!photo.thumbnail_url || !photo.width || !photo.height) return null;
  const label = photo.picked ? t("pickedNamed", { name: photo.name }) : photo.name;
  return (
    <figure className={classes.tile} data-picked={photo.picked} style={{ aspectRatio: photo.width / photo.height }}>
      <img
        src={photo.thumbnail_url}
        alt={label}
        width={photo.width}
        height={photo.height}
        loading="lazy"
        decoding="async"
      />
      {photo.picked && (
        <span className={classes.mark} aria-hidden>
          <IconCheck size={16} stroke={2.4} />
        </span>
      )}
    </figure>
  );
}
