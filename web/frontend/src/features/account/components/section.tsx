import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

import classes from "./section.module.css";

export function Section({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <Stack gap={6}>
        <Title order={2} size="h4">
          {title}
        </Title>
        {text && <Text c="dimmed">{text}</Text>}
      </Stack>
      <div className={classes.content}>{children}</div>
    </section>
  );
}
