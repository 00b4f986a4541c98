import type { ExportPreview } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";

import classes from "./pictures.module.css";

const ONE_ROW = 6;

/** A few of the photos, from the first to the last. */
export function Pictures({ photos }: { photos: ExportPreview["photos"] }) {
  const t = useMessages("downloads");
  if (photos.length === 0) return null;
  return (
    <div className={classes.pictures} data-many={photos.length > ONE_ROW} role="img" aria-label={t("pictures")}>
      {photos.map((photo) => (
        <div
          key={photo.id}
          className={classes.picture}
          style={photo.placeholder ? { backgroundImage: `url("${photo.placeholder}")` } : {}}
        >
          {photo.thumbnail_url && <img src={photo.thumbnail_url} alt="" decoding="async" draggable={false} />}
        </div>
      ))}
    </div>
  );
}
