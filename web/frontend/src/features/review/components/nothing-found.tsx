import { useMessages } from "@/shared/i18n/language-context";

import { EmptyList } from "./empty-list";

/** No photo of the view is what somebody looks for. */
export function NothingFound({ onStop }: { onStop: () => void }) {
  const t = useMessages("review-find");
  return <EmptyList title={t("nothing")} text={t("nothingText")} action={t("stop")} onAction={onStop} />;
}
