import { Text } from "@mantine/core";

import type { PrintPreview } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";

/** The photos that will not look sharp at the size at which they are printed. */
export function SoftPhotos({ photos }: { photos: PrintPreview["soft"] }) {
  const t = useMessages("prints");
  if (photos.length === 0) return null;
  return (
    <details>
      <summary>{t("soft", { count: photos.length })}</summary>
      <Text size="sm" c="dimmed">
        {t("softText")}
      </Text>
      <Text component="ul" size="sm" m={0} pl={18}>
        {photos.map(({ photo_id, name, dpi }) => (
          <li key={photo_id}>{t("softPhoto", { name, dpi })}</li>
        ))}
      </Text>
    </details>
  );
}
