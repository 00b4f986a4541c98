import { Button } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { type CSSProperties, useState } from "react";

import type { CloseUp as CloseUpOf, Face, Photo } from "@/shared/api/schema-types";
import { cropOf, cropStyle, pixelsOf } from "@/shared/faces/crop";
import { bestOf } from "@/shared/faces/people";
import { useMessages } from "@/shared/i18n/language-context";
import { fullPictureOf } from "@/shared/pictures/full-picture";
import { noteRefusal } from "@/shared/pictures/picture-types";
import { PREVIEW_SIDE } from "@/shared/zoom/pan-zoom";

import { arePeopleKnown, facesByPerson } from "../judging/faces-by-person";

import { DecisionSign } from "./decision-sign";
import classes from "./face-rows.module.css";
import { Bar } from "./score-bars";

/** The side of a close-up at most, in CSS pixels; above what the preview has for it, the original is asked for. */
const SIDE = 300;

/** Everybody in close-up: a row for each person, a column for each photo. */
export function FaceRows({ photos, onKeep }: { photos: readonly Photo[]; onKeep: (photo: Photo) => void }) {
  const t = useMessages("compare");
  const rows = facesByPerson(photos);
  if (rows.length === 0) return <p className={classes.none}>{t("noFaces")}</p>;
  return (
    // A region that scrolls must be reached by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.scroller} role="region" aria-label={t("faces")} tabIndex={0}>
      <p className={classes.text}>{t(arePeopleKnown(photos) ? "facesText" : "facesUnknown")}</p>
      <div className={classes.grid} style={{ "--columns": photos.length } as CSSProperties}>
        {photos.map((photo) => (
          <div key={photo.id} className={classes.head}>
            <span className={classes.name}>
              <DecisionSign photo={photo} /> {photo.name}
            </span>
            <Button
              size="compact-md"
              h={44}
              px="sm"
              variant={photo.decision === "keep" ? "filled" : "default"}
              aria-pressed={photo.decision === "keep"}
              aria-label={t("keepNamed", { name: photo.name })}
              onClick={() => onKeep(photo)}
            >
              <IconCheck size={18} aria-hidden />
            </Button>
          </div>
        ))}
        {rows.map((row, index) => {
          const closeUps = row.map((face, column) => (face && photos[column] ? closeUpOf(photos[column], face) : null));
          const best = bestOf(closeUps);
          return photos.map((photo, column) => {
            const [face, closeUp = null] = [row[column], closeUps[column]];
            return face ? (
              <CloseUp
                key={photo.id}
                photo={photo}
                face={face}
                place={index + 1}
                sharpest={sharpestOf(row)}
                closeUp={closeUp}
                isBest={closeUp !== null && closeUp === best}
              />
            ) : (
              <div key={photo.id} className={classes.missing}>
                {t("noFaceHere")}
              </div>
            );
          });
        })}
      </div>
    </div>
  );
}

/** What the service says of a face, beside the same person's in the other photos of the group. */
function closeUpOf({ faces, close_ups: closeUps }: Photo, face: Face): CloseUpOf | null {
  return closeUps?.length === faces.length ? (closeUps[faces.indexOf(face)] ?? null) : null;
}

function sharpestOf(row: readonly (Face | null)[]): number | null {
  const known = row.flatMap((face) => (face ? [face.sharpness] : []));
  return known.length > 1 ? Math.max(...known) : null;
}

interface CloseUpProps {
  photo: Photo;
  face: Face;
  place: number;
  /** Of the faces beside it; null where there is none to compare with. */
  sharpest: number | null;
  /** What the service says of the face; null where it says nothing. */
  closeUp: CloseUpOf | null;
  isBest: boolean;
}

function CloseUp({ photo, face, place, sharpest, closeUp, isBest }: CloseUpProps) {
  const t = useMessages("compare");
  const faceWords = useMessages("faces");
  const [hasFailed, setFailed] = useState(false);
  const [width, height] = [photo.width ?? 1, photo.height ?? 1];
  const crop = cropOf(face, width, height);
  const previewPixels = pixelsOf(crop, { width, height }, PREVIEW_SIDE);
  const source = fullPictureOf(photo).url;
  const useOriginal = previewPixels < SIDE * devicePixelRatio && !hasFailed;
  const style = cropStyle(crop);
  const said = [...(closeUp?.flaws ?? []).map((flaw) => faceWords(flaw)), ...(isBest ? [faceWords("best")] : [])];
  return (
    <figure className={classes.face}>
      <div className={classes.square} data-best={isBest}>
        <img src={photo.preview_url ?? undefined} alt={t("faceIn", { place, name: photo.name })} style={style} />
        {useOriginal && source && (
          <img
            src={source}
            alt=""
            loading="lazy"
            style={style}
            onError={() => {
              noteRefusal(photo.content_type);
              setFailed(true);
            }}
          />
        )}
      </div>
      {said.length > 0 && <figcaption className={classes.said}>{said.join(", ")}</figcaption>}
      <dl className={classes.bars}>
        {face.eyes_open !== null && <Bar label={t("eyesOpen")} value={face.eyes_open} />}
        {sharpest !== null && (
          <Bar
            label={t("faceSharpness")}
            // Natural logarithms: half as sharp is half a bar.
            value={Math.exp(Math.min(0, face.sharpness - sharpest))}
            best={face.sharpness === sharpest}
          />
        )}
      </dl>
    </figure>
  );
}
