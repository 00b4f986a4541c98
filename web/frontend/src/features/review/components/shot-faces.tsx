import { type ReactNode, useEffect, useState } from "react";

import type { TimelinePhoto } from "@/shared/api/schema-types";
import { FaceStrip } from "@/shared/faces/face-strip";
import { cellsOf } from "@/shared/faces/people";
import { useFaceWords } from "@/shared/faces/use-face-words";

import { useThumbnail } from "../hooks/use-thumbnail";
import { FACE } from "../model/layout";
import { isVideo } from "../model/picks";
import { useReviewActions } from "../review-context";

import classes from "./shot-faces.module.css";

interface WithFacesProps {
  photo: TimelinePhoto;
  width: number;
  /** How many are usually in the group; null where faces are not shown. */
  people: number | null;
  isLarge?: boolean;
  children: ReactNode;
}

/** Pictures that only pass by are not worth the previews of their faces. */
const REST = 300;

/** A shot of the list with the faces of its people below it. */
export function WithFaces({ people, children, ...shot }: WithFacesProps) {
  if (people === null) return children;
  return (
    <div className={classes.withFaces} style={{ width: shot.width }}>
      {children}
      {!isVideo(shot.photo) && <ShotFaces {...shot} people={people} />}
    </div>
  );
}

function ShotFaces({ photo, width, people, isLarge = false }: Omit<WithFacesProps, "children"> & { people: number }) {
  const thumbnail = useThumbnail(photo.id);
  const actions = useReviewActions();
  const { t, all } = useFaceWords();
  const isSharp = useRest();
  const cells = cellsOf(thumbnail.close_ups ?? [], people);
  if (thumbnail.thumbnail_url === null) return null;
  const name = [t("faces", { name: photo.name }), all(cells)].filter(Boolean).join(": ");
  return (
    <button
      type="button"
      className={classes.faces}
      tabIndex={-1}
      aria-label={name}
      onClick={() => actions.open(photo.id)}
    >
      <FaceStrip
        photo={{ ...photo, ...thumbnail }}
        cells={cells}
        height={isLarge ? FACE.hero : FACE.shot}
        room={width}
        isSharp={isSharp}
      />
    </button>
  );
}

/** Whether the component has been on the page for a while. */
function useRest(): boolean {
  const [isAtRest, setAtRest] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setAtRest(true), REST);
    return () => clearTimeout(timer);
  }, []);
  return isAtRest;
}
