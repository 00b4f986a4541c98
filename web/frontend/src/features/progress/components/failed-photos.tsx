import { ActionIcon, Alert, Button, Group, Text, Title } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";

import { allPhotos } from "@/shared/api/all-photos";
import type { Album, Photo } from "@/shared/api/schema-types";
import { toastProblem } from "@/shared/components/toast";
import { useLanguage, useMessages } from "@/shared/i18n/language-context";
import { hasText } from "@/shared/i18n/texts";
import { useProblemText } from "@/shared/i18n/use-problem-text";
import { DeletePhotoDialog, type PhotoToDelete } from "@/shared/photos/delete-photo-dialog";

import { failedPhotosQuery, useRetryPhotos } from "../api/failed-photos";

import { DeleteUnreadable } from "./delete-unreadable";
import classes from "./progress.module.css";

const WAITS = "sidecar_without_photo";

/**
 * Why a file failed that is as it is: it would fail again. Another copy may do better, or a newer version of the service.
 * A sidecar without its photo goes on by itself when the photo comes.
 */
const FINAL = new Set([
  "empty_file",
  "too_many_bytes",
  "too_many_pixels",
  "too_long",
  "not_an_image",
  "unsupported_format",
  "truncated",
  "corrupt",
  "object_missing",
  "checksum_mismatch",
  "not_a_sidecar",
  WAITS,
]);

function isWorthRetrying({ error }: Photo): boolean {
  return !FINAL.has(error?.code ?? "");
}

/** The ids of those that never will be readable. */
function unreadableOf(photos: readonly Photo[]): string[] {
  return photos.filter(({ error }) => FINAL.has(error?.code ?? "") && error?.code !== WAITS).map(({ id }) => id);
}

/** Failed files, each with its reason. */
export function FailedPhotos({ album, count }: { album: Pick<Album, "id" | "is_own">; count: number }) {
  const { id: albumId, is_own: canDelete } = album;
  const t = useMessages("progress");
  const common = useMessages("common");
  const problemText = useProblemText();
  // The count in the key makes the list refetch whenever another photo fails.
  const base = failedPhotosQuery(albumId);
  const failed = useInfiniteQuery({ ...base, queryKey: [...base.queryKey, String(count)] });
  const retry = useRetryPhotos(albumId);
  const onError = (error: Error) => toastProblem(problemText(error));
  const errorWords = useMessages("photo-errors");
  const { language } = useLanguage();
  // In English the service's own sentence says more: what format the file is, how much of it is missing.
  const errorText = (error: Photo["error"]) =>
    error && (language !== "en" && hasText("photo-errors", error.code) ? errorWords(error.code) : error.message);
  const photos = failed.data?.pages.flatMap((page) => page.results) ?? [];
  const unreadable = unreadableOf(photos);
  const findAll = async () => unreadableOf(await allPhotos(albumId, { state: "failed" }));
  const [deleting, setDeleting] = useState<PhotoToDelete | null>(null);
  const retryAll = () => {
    // Beyond those listed nobody knows which are worth it.
    const named = failed.hasNextPage ? undefined : photos.filter(isWorthRetrying).map(({ id }) => id);
    retry.mutate(named, { onError });
  };
  return (
    <section className={classes.failed}>
      <Group justify="space-between" mb="sm">
        <div>
          <Title order={2} size="h4">
            {t("failedTitle", { count })}
          </Title>
          <Text c="dimmed" size="sm">
            {t("failedText")}
          </Text>
        </div>
        <Group gap="sm">
          {canDelete && unreadable.length > 1 && (
            <DeleteUnreadable albumId={albumId} photoIds={unreadable} findAll={failed.hasNextPage ? findAll : null} />
          )}
          {(failed.hasNextPage || photos.some(isWorthRetrying)) && (
            <Button variant="default" loading={retry.isPending} onClick={retryAll}>
              {t("retryAll")}
            </Button>
          )}
        </Group>
      </Group>
      {failed.error && <Alert color="red">{problemText(failed.error)}</Alert>}
      {photos.map((photo) => (
        <div key={photo.id} className={classes.row}>
          <div className={classes.name}>
            <Text truncate title={photo.name}>
              {photo.name}
            </Text>
            {photo.folder && (
              <Text size="xs" c="dimmed" truncate title={photo.folder}>
                {photo.folder}
              </Text>
            )}
            <Text size="sm" c="dimmed">
              {errorText(photo.error)}
            </Text>
          </div>
          {isWorthRetrying(photo) && (
            <Button
              variant="subtle"
              aria-label={t("retryNamed", { name: photo.name })}
              disabled={retry.isPending}
              onClick={() => retry.mutate([photo.id], { onError })}
            >
              {t("retry")}
            </Button>
          )}
          {canDelete && (
            <ActionIcon
              aria-label={t("removeNamed", { name: photo.name })}
              title={t("removeNamed", { name: photo.name })}
              onClick={() => setDeleting({ id: photo.id, name: photo.name })}
            >
              <IconTrash size={20} stroke={1.6} />
            </ActionIcon>
          )}
        </div>
      ))}
      {failed.hasNextPage && (
        <Button variant="subtle" loading={failed.isFetchingNextPage} onClick={() => void failed.fetchNextPage()}>
          {common("showMore")}
        </Button>
      )}
      <DeletePhotoDialog albumId={albumId} photo={deleting} onClose={() => setDeleting(null)} />
    </section>
  );
}
