import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

import { Logo } from "@/shared/components/logo";

/** A page that only says something, in place of the photos. */
export function Message({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <Stack component="main" align="center" justify="center" gap="md" mih="80vh" p="xl" ta="center">
      <Logo size={48} />
      <Title order={1} size="h2">
        {title}
      </Title>
      <Text c="dimmed" maw={420}>
        {text}
      </Text>
      {children}
    </Stack>
  );
}
