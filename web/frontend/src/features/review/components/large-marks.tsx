import { memo } from "react";

import type { TimelinePhoto } from "@/shared/api/schema-types";
import { marksOf } from "@/shared/marks/marks";
import { PhotoMarks } from "@/shared/marks/photo-marks";

import { useReviewActions } from "../review-context";

import classes from "./large-marks.module.css";

/** The stars and the label of the photo that is shown large, among what one can do with it. */
export const LargeMarks = memo(function LargeMarks({ photo }: { photo: TimelinePhoto }) {
  const { setStars, setLabel } = useReviewActions();
  return (
    <div className={classes.marks}>
      <PhotoMarks
        marks={marksOf(photo)}
        onStars={(stars) => setStars([photo.id], stars)}
        onLabel={(label) => setLabel([photo.id], label)}
      />
    </div>
  );
});
