import type { CloseUp, TimelinePhoto } from "@/shared/api/schema-types";
import { FaceStrip } from "@/shared/faces/face-strip";
import { cellsOf } from "@/shared/faces/people";
import { useFaceWords } from "@/shared/faces/use-face-words";

import { useThumbnail } from "../hooks/use-thumbnail";

import classes from "./large-faces.module.css";

/** Of a face, in CSS pixels: a finger meets it, also in its width. */
const HEIGHT = 58;

interface LargeFacesProps {
  photo: TimelinePhoto;
  /** How many are usually in the group of the photo. */
  people: number;
  onFace: (face: CloseUp) => void;
}

/** The faces of the photo in close-up, to zoom to, with what is wrong with them in words. */
export function LargeFaces({ photo, people, onFace }: LargeFacesProps) {
  const thumbnail = useThumbnail(photo.id);
  const { t, all } = useFaceWords();
  const cells = cellsOf(thumbnail.close_ups ?? [], people);
  if (thumbnail.thumbnail_url === null || !cells.some(({ closeUp }) => closeUp)) return null;
  return (
    <div className={classes.faces} role="group" aria-label={t("faces", { name: photo.name })}>
      <FaceStrip photo={{ ...photo, ...thumbnail }} cells={cells} height={HEIGHT} isSharp onFace={onFace} />
      <span className={classes.words}>{all(cells)}</span>
    </div>
  );
}
