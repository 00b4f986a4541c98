import type { Photo } from "@/shared/api/schema-types";
import { FaceStrip } from "@/shared/faces/face-strip";
import { useFaceWords } from "@/shared/faces/use-face-words";

import classes from "./pane-faces.module.css";
import type { FaceZoom } from "./use-face-zoom";

/** Of a face, in CSS pixels: a finger meets it, also in its width. */
const FACE_HEIGHT = 58;

/** The faces of a compared photo, each a button that zooms to it, and in words what is wrong with them. */
export function PaneFaces({ photo, faces }: { photo: Photo; faces: FaceZoom }) {
  const { t, all } = useFaceWords();
  const cells = faces.cellsOf(photo.id);
  if (cells.length === 0) return null;
  const words = all(cells);
  return (
    <div className={classes.faces} data-faces role="group" aria-label={t("faces", { name: photo.name })}>
      <FaceStrip
        photo={photo}
        cells={cells}
        height={FACE_HEIGHT}
        isSharp
        onFace={(_, person) => faces.show(person, photo.id)}
      />
      {words && <span className={classes.words}>{words}</span>}
    </div>
  );
}
