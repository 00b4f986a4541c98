import { IconHeartFilled } from "@tabler/icons-react";

import { useChosen } from "./chosen";
import classes from "./chosen-sign.module.css";

/** Beside the name of a photo: how many guests chose it, and who. */
export function ChosenSign({ photoId }: { photoId: string }) {
  const chosen = useChosen(photoId);
  if (!chosen) return null;
  return (
    <span className={classes.sign} role="img" aria-label={chosen.words} title={chosen.words}>
      {chosen.count}
      <IconHeartFilled size={13} aria-hidden />
    </span>
  );
}
