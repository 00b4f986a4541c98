import type { Photo } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";

import classes from "./group-strip.module.css";
import { StripMarks } from "./strip-marks";

interface GroupStripProps {
  photos: readonly Photo[];
  shown: readonly string[];
  onToggle: (id: string) => void;
}

/** All photos of the group: those on the table are marked, a touch puts another there or takes one away. */
export function GroupStrip({ photos, shown, onToggle }: GroupStripProps) {
  const t = useMessages("compare");
  return (
    <div className={classes.strip} role="group" aria-label={t("others")}>
      {photos.map((photo) => {
        const isShown = shown.includes(photo.id);
        return (
          <button
            key={photo.id}
            type="button"
            className={classes.photo}
            aria-pressed={isShown}
            aria-label={t(isShown ? "hide" : "show", { name: photo.name })}
            onClick={() => onToggle(photo.id)}
            style={{ aspectRatio: (photo.width ?? 4) / (photo.height ?? 3) }}
          >
            {isShown && <span className={classes.place} data-place={shown.indexOf(photo.id) + 1} aria-hidden />}
            <img src={photo.thumbnail_url ?? undefined} alt="" draggable={false} />
            <StripMarks photo={photo} />
          </button>
        );
      })}
    </div>
  );
}
