import { IconCheck, IconSparkles, IconX } from "@tabler/icons-react";

import type { Photo } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";

/** What is decided about a photo, by a person or automatically. */
export function DecisionSign({ photo: { decision, picked } }: { photo: Photo }) {
  const t = useMessages("compare");
  const icon = { size: 16, stroke: 2.2, role: "img" };
  if (decision === "keep") return <IconCheck {...icon} aria-label={t("kept")} />;
  if (decision === "reject") return <IconX {...icon} aria-label={t("rejected")} />;
  return picked ? <IconSparkles {...icon} aria-label={t("picked")} /> : null;
}
