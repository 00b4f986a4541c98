import { Text, Title } from "@mantine/core";

import { useMessages } from "@/shared/i18n/language-context";

export function TouchHelp() {
  const t = useMessages("review");
  return (
    <>
      <Title order={3} size="h5" mb={4}>
        {t("touchTitle")}
      </Title>
      <Text size="sm" c="dimmed">
        {t("touchText")}
      </Text>
    </>
  );
}
