import { Button, Stack, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";

import { PageError } from "@/shared/components/page-error";
import { PageLoading } from "@/shared/components/page-loading";
import { useMessages } from "@/shared/i18n/language-context";

import { exportsQuery, isBuilding } from "../api/exports";
import { Contents } from "../components/contents";
import { ExportRow } from "../components/export-row";
import { downloadsMessages } from "../downloads-messages";

/** What a zip would hold, and the zips there are, the newest first. */
export function DownloadPage({ albumId }: { albumId: string }) {
  const t = useMessages(downloadsMessages);
  const exports = useInfiniteQuery(exportsQuery(albumId));
  if (exports.error && !exports.data) {
    return <PageError error={exports.error} onRetry={() => void exports.refetch()} />;
  }
  if (!exports.data) return <PageLoading />;
  const all = exports.data.pages.flatMap((page) => page.results);
  const newest = all.find((item) => item.state === "ready");
  return (
    <Stack maw={760} gap="xl">
      <Contents albumId={albumId} busy={all.some(isBuilding)} another={newest !== undefined} />
      {all.length > 0 && (
        <section>
          <Title order={2} size="h4">
            {t("exports")}
          </Title>
          <ul style={{ margin: 0, padding: 0 }}>
            {all.map((item) => (
              <ExportRow key={item.id} albumId={albumId} item={item} newest={item === newest} />
            ))}
          </ul>
          {exports.hasNextPage && (
            <Button
              mt="md"
              variant="default"
              loading={exports.isFetchingNextPage}
              onClick={() => void exports.fetchNextPage()}
            >
              {t("more")}
            </Button>
          )}
        </section>
      )}
    </Stack>
  );
}
