import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";

import classes from "./large-frame.module.css";

interface StepButtonsProps {
  place: number;
  count: number;
  /** What the buttons are called. */
  previous: string;
  next: string;
  onStep: (step: 1 | -1) => void;
}

/** To the photo before and after a large one, at its sides. Fingers swipe instead. */
export function StepButtons({ place, count, previous, next, onStep }: StepButtonsProps) {
  return (
    <>
      {place > 0 && (
        <button type="button" className={classes.previous} aria-label={previous} onClick={() => onStep(-1)}>
          <IconChevronLeft size={28} stroke={1.6} />
        </button>
      )}
      {place < count - 1 && (
        <button type="button" className={classes.next} aria-label={next} onClick={() => onStep(1)}>
          <IconChevronRight size={28} stroke={1.6} />
        </button>
      )}
    </>
  );
}
