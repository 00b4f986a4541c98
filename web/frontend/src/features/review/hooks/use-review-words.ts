import type { Thumbnail, TimelineGroup, TimelinePhoto } from "@/shared/api/schema-types";
import { createFormat } from "@/shared/i18n/format";
import { useLanguage } from "@/shared/i18n/language-context";
import type { Language } from "@/shared/i18n/languages";
import { perLanguage } from "@/shared/i18n/per-language";
import { type Translate, translator } from "@/shared/i18n/texts";
import { videoLength } from "@/shared/i18n/video-length";
import { marksOf } from "@/shared/marks/marks";

import { isVideo } from "../model/picks";
import { reasonText } from "../model/reasons";

export type ReviewTranslate = Translate<"review">;

/** Texts about photos, groups and days. */
export function useReviewWords() {
  const { language } = useLanguage();
  return wordsIn(language);
}

/** Made once for all rows and shots: formats of dates take long to make. */
const wordsIn = perLanguage(reviewWords);

function reviewWords(language: Language) {
  const t = translator("review", language);
  const mark = translator("marks", language);
  const reason = translator("review-reasons", language);
  return {
    t,
    // Every reason takes the number; those that name none leave it.
    why: (photo: Pick<Thumbnail, "reasons">) => reasonText(photo, (code, total) => reason(code, { total })),
    /** Cameras write wall-clock time, which is shown as it is. */
    clock: (time: string | null) => time?.slice(11, 16) ?? t("unknownTime"),
    day: createFormat(language).day,
    /** A shot of a group, by its place from 0. */
    shot: ({ name }: TimelinePhoto, place: number, count: number) => t("shot", { number: place + 1, count, name }),
    kind: ({ kind }: TimelineGroup) => {
      if (kind === "near_duplicate") return t("kindDuplicate");
      if (kind === "bracket") return t("kindBracket");
      if (kind === "focus_stack") return t("kindFocus");
      return kind === "panorama" ? t("kindPanorama") : null;
    },
    /** What stands above photos in no group. */
    alone: (photos: readonly TimelinePhoto[]) => {
      const [count, videos] = [photos.length, photos.filter(isVideo).length];
      if (videos === 0) return t("alone", { count });
      return videos === count ? t("aloneVideos", { count }) : t("aloneMixed", { count });
    },
    /** Why a photo is on the shelf, or that somebody took it back. */
    shelf: ({ shelf, decision }: TimelinePhoto) => {
      if (decision === "keep") return t("saidKept");
      return shelf === "" ? "" : t(`shelf_${shelf}`);
    },
    /** The stars and the label, to be part of a name. */
    marks: (photo: TimelinePhoto) => {
      const { stars, label } = marksOf(photo);
      const words = [
        stars > 0 ? mark("countStars", { count: stars }) : "",
        label ? mark("namedLabel", { name: mark(label) }) : "",
      ];
      return words.filter(Boolean).join(", ");
    },
    /** In a few words, to be part of a name. `by` is whose decision it is, if it is somebody else's. */
    state: (photo: TimelinePhoto, isSelected: boolean, by: string) =>
      [
        isVideo(photo) ? t("stateVideo", { length: videoLength(photo.seconds) }).trim() : null,
        photo.has_film ? t("stateMotion") : null,
        photo.decision === "reject" ? (by ? t("stateRejectedBy", { name: by }) : t("stateRejected")) : null,
        photo.decision === "keep"
          ? by
            ? t("stateKeptBy", { name: by })
            : t("stateKept")
          : photo.picked
            ? t("statePicked")
            : null,
        photo.left_out ? t("stateLeftOut") : null,
        photo.companions.length > 0 ? t("stateCompanions", { names: photo.companions.join(", ") }) : null,
        photo.shelf && photo.decision === "auto" ? t("stateShelved", { reason: t(`shelf_${photo.shelf}`) }) : null,
        isSelected ? t("stateSelected") : null,
      ]
        .filter((word) => word !== null)
        .join(", "),
  };
}
