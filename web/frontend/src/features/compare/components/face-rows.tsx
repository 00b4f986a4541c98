import { type CSSProperties, useState } from "react";

import type { Face, Photo } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";
import { mayBeShown, noteRefusal } from "@/shared/pictures/picture-types";

import { compareMessages } from "../compare-messages";
import { arePeopleKnown, cropOf, facesByPerson } from "../judging/faces-by-person";

import classes from "./face-rows.module.css";
import { Bar } from "./score-bars";

/** The side of a close-up at most, in CSS pixels; above what the preview has for it, the original is asked for. */
const SIDE = 300;
const PREVIEW_SIDE = 2048;

/** Everybody in close-up: a row for each person, a column for each photo. */
export function FaceRows({ photos }: { photos: readonly Photo[] }) {
  const t = useMessages(compareMessages);
  const rows = facesByPerson(photos);
  if (rows.length === 0) return <p className={classes.none}>{t("noFaces")}</p>;
  return (
    // A region that scrolls must be reached by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.scroller} role="region" aria-label={t("faces")} tabIndex={0}>
      <p className={classes.text}>{t(arePeopleKnown(photos) ? "facesText" : "facesUnknown")}</p>
      <div className={classes.grid} style={{ "--columns": photos.length } as CSSProperties}>
        {photos.map((photo) => (
          <span key={photo.id} className={classes.name}>
            {photo.name}
          </span>
        ))}
        {rows.map((row, index) =>
          photos.map((photo, column) => {
            const face = row[column];
            return face ? (
              <CloseUp key={photo.id} photo={photo} face={face} place={index + 1} sharpest={sharpestOf(row)} />
            ) : (
              <div key={photo.id} className={classes.missing}>
                {t("noFaceHere")}
              </div>
            );
          }),
        )}
      </div>
    </div>
  );
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
}

function CloseUp({ photo, face, place, sharpest }: CloseUpProps) {
  const t = useMessages(compareMessages);
  const [hasFailed, setFailed] = useState(false);
  const [width, height] = [photo.width ?? 1, photo.height ?? 1];
  const crop = cropOf(face, width, height);
  const previewPixels = crop.side * Math.min(1, PREVIEW_SIDE / Math.max(width, height));
  const source = photo.large_url ?? (mayBeShown(photo.content_type) ? photo.original_url : null);
  const useOriginal = previewPixels < SIDE * devicePixelRatio && !hasFailed;
  const percent = (share: number) => `${share * 100}%`;
  const style = {
    left: percent(crop.left),
    top: percent(crop.top),
    width: percent(crop.width),
    height: percent(crop.height),
  };
  return (
    <figure className={classes.face}>
      <div className={classes.square}>
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
