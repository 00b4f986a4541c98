import { IconHeartFilled, IconStarFilled } from "@tabler/icons-react";

import { type Label, type Marks, marksOf } from "./marks";
import classes from "./marks.module.css";

/** The colour of a label. Its name must be said beside it, or by what it is in. */
export function LabelDot({ label }: { label: Label }) {
  return <span className={classes.dot} data-label={label} />;
}

interface MarksBadgeProps {
  photo: Partial<Marks>;
  /** How many guests chose it. */
  chosen?: number;
}

/** What a photo was given, small, on its picture; nothing where there is nothing. Its words are in the photo's name. */
export function MarksBadge({ photo, chosen = 0 }: MarksBadgeProps) {
  const { stars, label } = marksOf(photo);
  if (stars === 0 && label === "" && chosen === 0) return null;
  return (
    <span className={classes.badge} aria-hidden>
      {label && <LabelDot label={label} />}
      {stars > 0 && (
        <>
          {stars}
          <IconStarFilled size={11} />
        </>
      )}
      {chosen > 0 && (
        <>
          {chosen}
          <IconHeartFilled size={11} />
        </>
      )}
    </span>
  );
}
