import { Button, Group, Stack, Text, Title } from "@mantine/core";

import { useMessages } from "@/shared/i18n/language-context";

import { findMessages } from "../find-messages";

/** No photo of the view is what somebody looks for. */
export function NothingFound({ onStop }: { onStop: () => void }) {
  const t = useMessages(findMessages);
  return (
    <Stack gap="xs" py="xl">
      <Title order={2} size="h3">
        {t("nothing")}
      </Title>
      <Text c="dimmed">{t("nothingText")}</Text>
      <Group mt="sm">
        <Button variant="default" onClick={onStop}>
          {t("stop")}
        </Button>
      </Group>
    </Stack>
  );
}
