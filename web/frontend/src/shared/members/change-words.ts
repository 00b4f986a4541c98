import type { AlbumChange } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";

/** What somebody did in an album, in words. */
export function useChangeWords() {
  const t = useMessages("members");
  return ({ kind, decision, by, is_own: isOwn, photo_count: count }: AlbumChange) => {
    const name = isOwn ? t("you") : (by ?? t("gone"));
    return t(`did_${kind === "decision" ? (decision ?? "decide") : kind}`, { name, count });
  };
}
