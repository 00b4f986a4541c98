import { Button } from "@mantine/core";

import { useMessages } from "@/shared/i18n/language-context";

import { isEverything, numberOf, type Picks } from "../model/wanted";

import classes from "./tools.module.css";

interface LeftOutNoteProps {
  picks: Picks;
  /** The list shows only what is left out. */
  isShown: boolean;
  onShow: () => void;
  onAll: () => void;
}

/** Says what the number of picks leaves out, and what it cannot leave out. Empty where all picks are wanted. */
export function LeftOutNote({ picks, isShown, onShow, onAll }: LeftOutNoteProps) {
  const t = useMessages("review");
  if (isEverything(picks.wanted)) return null;
  const number = numberOf(picks, picks.wanted);
  const leftOut = picks.available - picks.picked;
  return (
    <div className={classes.note}>
      <span role="status">
        {picks.kept > number
          ? t("keptBeyond", { count: picks.kept, number })
          : t("leftOutNote", { count: leftOut, picked: picks.picked })}
      </span>
      {leftOut > 0 && !isShown && (
        <Button variant="subtle" size="compact-sm" className={classes.noteButton} onClick={onShow}>
          {t("leftOutShow")}
        </Button>
      )}
      <Button variant="subtle" size="compact-sm" className={classes.noteButton} onClick={onAll}>
        {t("takeAll")}
      </Button>
    </div>
  );
}
