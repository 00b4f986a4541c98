import type { CloseUp } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";

import { type FaceCell, placeFromLeft } from "./people";

/** What is said of the faces of a photo. */
export function useFaceWords() {
  const t = useMessages("faces");
  return {
    t,
    /** One face: where it is in the photo, and what is wrong with it. */
    face: (closeUp: CloseUp, cells: readonly FaceCell[], isBest: boolean): string => {
      const { number, total } = placeFromLeft(closeUp, cells);
      const place =
        total === 1
          ? t("alone")
          : number === 1
            ? t("left")
            : number === total
              ? t("right")
              : t("middle", { number: String(number) });
      const facts = [...(closeUp.flaws ?? []).map((flaw) => t(flaw)), ...(isBest ? [t("best")] : [])];
      return facts.length > 0 ? `${place}: ${facts.join(", ")}` : place;
    },
    /** All of them: "1 of 4 has shut eyes"; empty where nothing is wrong. */
    all: (cells: readonly FaceCell[]): string => {
      const total = cells.length;
      const with_ = (flaw: "eyes_shut" | "turned_away" | "soft") =>
        cells.filter(({ closeUp }) => closeUp?.flaws?.includes(flaw)).length;
      const [shut, away, soft] = [with_("eyes_shut"), with_("turned_away"), with_("soft")];
      const missing = cells.filter(({ closeUp }) => closeUp === null).length;
      return [
        shut > 0 ? t("saidShut", { count: shut, total }) : "",
        away > 0 ? t("saidAway", { count: away, total }) : "",
        soft > 0 ? t("saidSoft", { count: soft, total }) : "",
        missing > 0 ? t("saidMissing", { count: missing, total }) : "",
      ]
        .filter(Boolean)
        .join(", ");
    },
  };
}
