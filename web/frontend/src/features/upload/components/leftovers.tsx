import { Button, Group, Text } from "@mantine/core";

import { useMessages } from "@/shared/i18n/language-context";

import classes from "./upload.module.css";
import type { LeftoverState } from "./use-leftovers";

export function Leftovers({ leftovers }: { leftovers: LeftoverState }) {
  const t = useMessages("upload");
  return (
    <section className={classes.leftovers} aria-live="polite">
      <div>
        <Text fw={600}>{t("leftoverTitle", { count: leftovers.count })}</Text>
        <Text c="dimmed" size="sm">
          {leftovers.canGoOn ? t("leftoverAsk") : t("leftoverChoose")}
        </Text>
      </div>
      <Group gap="xs">
        {leftovers.canGoOn && <Button onClick={leftovers.goOn}>{t("leftoverGoOn")}</Button>}
        <Button variant="subtle" color="gray" onClick={leftovers.forget}>
          {t("leftoverForget")}
        </Button>
      </Group>
    </section>
  );
}
