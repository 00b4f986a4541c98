import type { CSSProperties } from "react";

import type { CloseUp } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";

import classes from "./face-strip.module.css";
import { FaceTile, type Pictures } from "./face-tile";
import { FACE_GAP, type FaceCell, faceWidth, MORE_WIDTH, shownIn } from "./people";
import { useFaceWords } from "./use-face-words";

interface FaceStripProps {
  photo: Pictures;
  cells: readonly FaceCell[];
  /** Of one face, in CSS pixels. */
  height: number;
  /** The width for all of them; without it they scroll. */
  room?: number;
  isSharp: boolean;
  /** Makes a button of each face. */
  onFace?: (closeUp: CloseUp, person: number) => void;
}

/** The faces of one photo, each person at the place that they have under every photo of the group. */
export function FaceStrip({ photo, cells, height, room, isSharp, onFace }: FaceStripProps) {
  const { t, face: faceWords } = useFaceWords();
  const common = useMessages("common");
  const shown = room === undefined ? cells : cells.slice(0, shownIn(room, height, cells.length));
  const hidden = cells.length - shown.length;
  const style = {
    "--face-height": `${height}px`,
    "--face-width": `${faceWidth(height)}px`,
    "--more-width": `${MORE_WIDTH}px`,
    gap: FACE_GAP,
  } as CSSProperties;
  return (
    <span className={classes.strip} data-scrolls={room === undefined} style={style}>
      {shown.map(({ person, closeUp, isBest }) => {
        if (!closeUp) return <span key={person} className={classes.missing} title={t("missing")} />;
        const words = faceWords(closeUp, cells, isBest);
        const tile = <FaceTile photo={photo} closeUp={closeUp} height={height} isBest={isBest} isSharp={isSharp} />;
        return onFace ? (
          <button
            key={person}
            type="button"
            className={classes.button}
            aria-label={words}
            title={words}
            onClick={() => onFace(closeUp, person)}
          >
            {tile}
          </button>
        ) : (
          <span key={person} title={words}>
            {tile}
          </span>
        );
      })}
      {hidden > 0 && (
        <span className={classes.more} title={common("andMore", { count: hidden })}>
          +{hidden}
        </span>
      )}
    </span>
  );
}
