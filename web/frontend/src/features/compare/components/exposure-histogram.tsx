import { useQuery } from "@tanstack/react-query";

import type { Photo } from "@/shared/api/schema-types";
import { useFormat, useMessages } from "@/shared/i18n/language-context";

import { histogramQuery } from "../api/compared-photos";
import { histogramPath } from "../judging/histogram-path";

import classes from "./exposure-histogram.module.css";

/** More of the photo than this is worth a word. */
const WORTH_SAYING = 0.002;

/** How much of the photo is how bright, with what is clipped in words. */
export function ExposureHistogram({ photo }: { photo: Photo }) {
  const t = useMessages("compare");
  const format = useFormat();
  const { data, error } = useQuery(histogramQuery(photo.id));
  const percent = (share: number) => format.percentOver(share, 1);
  if (error) return <p className={classes.note}>{t("histogramMissing")}</p>;
  const [black, white] = [data?.shadows_clipped ?? 0, data?.highlights_clipped ?? 0];
  return (
    <figure className={classes.figure}>
      <svg
        viewBox="0 0 64 20"
        preserveAspectRatio="none"
        role="img"
        aria-label={t("histogramOf", { name: photo.name })}
      >
        {data && <path d={histogramPath(data.bins, 64, 20)} />}
      </svg>
      <figcaption className={classes.note}>
        <span>{black > WORTH_SAYING && t("shadowsClipped", { percent: percent(black) })}</span>
        <span>{white > WORTH_SAYING && t("highlightsClipped", { percent: percent(white) })}</span>
      </figcaption>
    </figure>
  );
}
