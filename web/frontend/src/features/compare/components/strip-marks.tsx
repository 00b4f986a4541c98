import { IconCheck, IconX } from "@tabler/icons-react";

import type { Photo } from "@/shared/api/schema-types";

import classes from "./strip-marks.module.css";

/** In a corner of a small picture: whether the photo is picked, or rejected. */
export function StripMarks({ photo }: { photo: Photo }) {
  return (
    <>
      {photo.picked && <IconCheck className={classes.mark} size={16} stroke={2.6} aria-hidden />}
      {photo.decision === "reject" && <IconX className={classes.mark} size={16} stroke={2.6} aria-hidden />}
    </>
  );
}
