import { ActionIcon, Button, Progress, Text } from "@mantine/core";
import { IconDownload, IconTrash } from "@tabler/icons-react";
import { useState } from "react";

import type { Export } from "@/shared/api/schema-types";
import { ConfirmDialog } from "@/shared/components/confirm-dialog";
import { useFormat, useMessages } from "@/shared/i18n/language-context";

import { isBuilding, useDeleteExport } from "../api/exports";
import { downloadsMessages } from "../downloads-messages";

import classes from "./export-row.module.css";

interface ExportRowProps {
  albumId: string;
  item: Export;
  newest: boolean;
}

/** One zip: how far it is, the link, and how long it stays. */
export function ExportRow({ albumId, item, newest }: ExportRowProps) {
  const t = useMessages(downloadsMessages);
  const format = useFormat();
  const state = useStateText(item);
  const made = format.dateTime(item.created_at);
  return (
    <li className={classes.row}>
      <div className={classes.text}>
        <Text fw={500} className={classes.name}>
          {item.file_name}
        </Text>
        <Text size="sm" c={item.state === "failed" ? "var(--mantine-color-error)" : "dimmed"} role="status">
          {state}
        </Text>
        <Text size="sm" c="dimmed">
          {t("madeAt", { date: made })}
          {item.state === "ready" && ` · ${t("asOf")}`}
        </Text>
        {isBuilding(item) && (
          <Progress
            mt={8}
            value={(item.photos_written / Math.max(1, item.photo_count)) * 100}
            animated
            aria-label={t("progressOf")}
          />
        )}
      </div>
      <div className={classes.actions}>
        {item.download_url && (
          <Button
            component="a"
            href={item.download_url}
            variant={newest ? "filled" : "default"}
            leftSection={<IconDownload size={18} stroke={1.8} aria-hidden />}
            aria-label={t("downloadNamed", { name: item.file_name, date: made })}
          >
            {t("download")}
          </Button>
        )}
        <DeleteButton albumId={albumId} item={item} label={t("remove", { date: made })} />
      </div>
    </li>
  );
}

function useStateText(item: Export): string {
  const t = useMessages(downloadsMessages);
  const format = useFormat();
  switch (item.state) {
    case "queued":
      return t("queued");
    case "building":
      return t("building", { written: item.photos_written, total: item.photo_count });
    case "failed":
      return `${t("failed", { message: item.error_message })} ${t("failedAdvice")}`;
    case "expired":
      return t("expired", { count: item.photo_count });
    case "ready":
      return t("ready", {
        size: format.bytes(item.byte_size),
        count: item.photo_count,
        date: item.expires_at ? format.date(item.expires_at) : "–",
      });
  }
}

function DeleteButton({ albumId, item, label }: { albumId: string; item: Export; label: string }) {
  const t = useMessages(downloadsMessages);
  const [opened, setOpened] = useState(false);
  const remove = useDeleteExport(albumId);
  return (
    <>
      <ActionIcon aria-label={label} onClick={() => setOpened(true)}>
        <IconTrash size={20} stroke={1.6} />
      </ActionIcon>
      <ConfirmDialog
        opened={opened}
        title={t("removeTitle")}
        text={t("removeText")}
        action={t("removeAction")}
        danger
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(item.id, { onSuccess: () => setOpened(false) })}
        onClose={() => setOpened(false)}
      />
    </>
  );
}
