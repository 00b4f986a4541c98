import { useMessages } from "@/shared/i18n/language-context";

import type { View } from "../review-search";

import { EmptyList } from "./empty-list";

interface NothingInViewProps {
  view: View;
  onAll: () => void;
  onProgress: () => void;
}

/** A view without photos: leads to all of them, or from an empty album to its progress. */
export function NothingInView({ view, onAll, onProgress }: NothingInViewProps) {
  const t = useMessages("review");
  if (view === "all") {
    return <EmptyList title={t("empty")} text={t("emptyText")} action={t("toProgress")} onAction={onProgress} />;
  }
  const titles: Partial<Record<View, string>> = {
    undecided: t("nothingUndecided"),
    unclear: t("nothingUnclear"),
    failed: t("nothingFailed"),
  };
  return (
    <EmptyList
      title={titles[view] ?? t("nothingHere")}
      text={view === "undecided" ? t("nothingUndecidedText") : undefined}
      action={t("showAll")}
      onAction={onAll}
    />
  );
}
