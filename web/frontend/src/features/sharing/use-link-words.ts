import type { Share } from "@/shared/api/schema-types";
import { useFormat, useMessages } from "@/shared/i18n/language-context";

/** What a link is, in words. */
export function useLinkWords() {
  const t = useMessages("sharing");
  const format = useFormat();
  return {
    role: ({ role, wanted_count: wanted }: Share) => {
      if (role === "edit") return t("titleEdit");
      if (role !== "choose") return t(role === "heart" ? "titleHeart" : "titleLook");
      return wanted === null ? t("titleChooseAny") : t("titleChoose", { count: wanted });
    },
    facts: (share: Share) =>
      [
        // Who edits the album sees all of it.
        share.role === "edit" ? "" : t(`selection_${share.selection}`),
        share.has_password ? t("withPassword") : "",
        share.downloads === "none" ? "" : t(`downloadable_${share.downloads}`),
        share.ends_at && !share.revoked_at ? t("until", { date: format.dateTime(share.ends_at) }) : "",
        share.visit_count > 0 ? t("visits", { count: share.visit_count }) : t("neverVisited"),
        share.last_visited_at ? t("lastVisit", { date: format.dateTime(share.last_visited_at) }) : "",
        share.download_count > 0 ? t("saved", { count: share.download_count }) : "",
      ].filter(Boolean),
  };
}
