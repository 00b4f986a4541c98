import { IconStar, IconTag } from "@tabler/icons-react";
import { useState } from "react";

import { useMessages } from "@/shared/i18n/language-context";

import { LabelsRow, StarsRow } from "./mark-rows";
import type { Label, Marks } from "./marks";
import { LabelDot } from "./marks-badge";
import classes from "./marks.module.css";

interface PhotoMarksProps {
  marks: Marks;
  onStars: (stars: number) => void;
  onLabel: (label: Label | "") => void;
}

/** The stars and colours of a photo. Where there is room for one row only, a button shows the other. */
export function PhotoMarks({ marks: { stars, label }, onStars, onLabel }: PhotoMarksProps) {
  const t = useMessages("marks");
  const [isLabels, setLabels] = useState(false);
  return (
    <div className={classes.marks}>
      <div className={classes.rows} data-shows={isLabels ? "labels" : "stars"}>
        <StarsRow stars={stars} onStars={onStars} />
        <LabelsRow label={label} onLabel={onLabel} />
        <button
          type="button"
          className={classes.other}
          aria-label={t(isLabels ? "stars" : "labels")}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setLabels(!isLabels)}
        >
          {isLabels && <IconStar size={20} stroke={1.6} />}
          {!isLabels && (label ? <LabelDot label={label} /> : <IconTag size={20} stroke={1.6} />)}
        </button>
      </div>
    </div>
  );
}
