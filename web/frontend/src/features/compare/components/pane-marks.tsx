import type { Photo } from "@/shared/api/schema-types";
import type { Mark } from "@/shared/marks/marks";
import { PhotoMarks } from "@/shared/marks/photo-marks";

import classes from "./pane-marks.module.css";

/** The stars and the label of a compared photo. */
export function PaneMarks({ photo, onMark }: { photo: Photo; onMark: (mark: Mark) => void }) {
  return (
    <div className={classes.marks}>
      <PhotoMarks marks={photo} onStars={(stars) => onMark({ stars })} onLabel={(label) => onMark({ label })} />
    </div>
  );
}
