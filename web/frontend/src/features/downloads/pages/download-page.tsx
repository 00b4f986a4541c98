import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";

import type { Export } from "@/shared/api/schema-types";
import { PageError } from "@/shared/components/page-error";
import { PageLoading } from "@/shared/components/page-loading";
import { useFormat, useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

import { exportsQuery, useCreateExport } from "../api/exports";
import { downloadsMessages } from "../downloads-messages";

export function DownloadPage({ albumId }: { albumId: string }) {
  const t = useMessages(downloadsMessages);
  const problemText = useProblemText();
  const exports = useInfiniteQuery(exportsQuery(albumId));
  const create = useCreateExport(albumId);
  if (exports.error) return <PageError error={exports.error} onRetry={() => void exports.refetch()} />;
  if (!exports.data) return <PageLoading />;
  const all = exports.data.pages.flatMap((page) => page.results);
  return (
    <Stack maw={760}>
      <Group>
        <Button loading={create.isPending} onClick={() => create.mutate()}>
          {t("create")}
        </Button>
      </Group>
      {create.error && <Alert color="red">{problemText(create.error)}</Alert>}
      {all.length === 0 && <Text c="dimmed">{t("none")}</Text>}
      {all.map((item) => (
        <ExportRow key={item.id} item={item} />
      ))}
    </Stack>
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
      return t("failed", { message: item.error_message });
    case "expired":
      return t("expired");
    case "ready":
      return t("ready", {
        size: format.bytes(item.byte_size),
        count: item.photo_count,
        date: item.expires_at ? format.date(item.expires_at) : "–",
      });
  }
}

function ExportRow({ item }: { item: Export }) {
  const t = useMessages(downloadsMessages);
  const state = useStateText(item);
  return (
    <Group justify="space-between" mih={60}>
      <div>
        <Text>{item.file_name}</Text>
        <Text size="sm" c="dimmed" role="status">
          {state}
        </Text>
      </div>
      {item.download_url && (
        <Button
          component="a"
          href={item.download_url}
          variant="default"
          aria-label={t("downloadNamed", { name: item.file_name })}
        >
          {t("download")}
        </Button>
      )}
    </Group>
  );
}
