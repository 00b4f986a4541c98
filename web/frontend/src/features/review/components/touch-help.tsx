import { Text, Title } from "@mantine/core";

import { useMessages } from "@/shared/i18n/language-context";

import { reviewMessages } from "../review-messages";

export function TouchHelp() {
  const t = useMessages(reviewMessages);
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
