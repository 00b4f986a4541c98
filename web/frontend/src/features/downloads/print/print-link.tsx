import { Button, Text } from "@mantine/core";
import { IconBook2 } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";

import { useMessages } from "@/shared/i18n/language-context";

import classes from "./print-link.module.css";

/** The way from the downloads to what can be printed. */
export function PrintLink({ albumId }: { albumId: string }) {
  const t = useMessages("prints");
  return (
    <div className={classes.link}>
      <Button
        variant="default"
        leftSection={<IconBook2 size={20} stroke={1.6} aria-hidden />}
        renderRoot={(props) => <Link to="/albums/$albumId/print" params={{ albumId }} {...props} />}
      >
        {t("link")}
      </Button>
      <Text size="sm" c="dimmed">
        {t("linkText")}
      </Text>
    </div>
  );
}
