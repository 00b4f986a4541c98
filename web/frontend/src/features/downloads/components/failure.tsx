import { Text } from "@mantine/core";

import type { Export } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";

/** Why there is no zip, and what to do about it, unless that is past because others followed. */
export function Failure({ item, isPast }: { item: Export; isPast: boolean }) {
  const { reason, advice } = useFailureTexts(item);
  return (
    <>
      <Text size="sm" fw={500} c="var(--mantine-color-error)">
        {reason}
      </Text>
      {!isPast && (
        <Text size="sm" mt={4} mb={8}>
          {advice}
        </Text>
      )}
    </>
  );
}

/** By its code. If the page does not know the code, or an older service sent none, it shows the service's message. */
function useFailureTexts(item: Export): { reason: string; advice: string } {
  const t = useMessages("downloads");
  const photo = item.error_photo_name;
  switch (item.error_code) {
    case "original_missing":
      return { reason: t("failedMissing", { photo }), advice: t("failedOriginalAdvice") };
    case "original_corrupted":
      return { reason: t("failedCorrupted", { photo }), advice: t("failedOriginalAdvice") };
    case "crashed":
      return { reason: t("failedCrashed"), advice: t("failedCrashedAdvice") };
    case "stopped":
      return { reason: t("failedStopped"), advice: t("failedStoppedAdvice") };
    default:
      return { reason: t("failed", { message: item.error_message }), advice: t("failedAdvice") };
  }
}
