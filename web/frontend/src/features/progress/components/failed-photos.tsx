import { Alert, Button, Group, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";

import type { Photo } from "@/shared/api/schema-types";
import { toastProblem } from "@/shared/components/toast";
import { useLanguage, useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

import { failedPhotosQuery, useRetryPhotos } from "../api/failed-photos";
import { photoErrorTexts } from "../photo-error-messages";
import { progressMessages } from "../progress-messages";

import classes from "./progress.module.css";

/** A sidecar without its photo goes on by itself when the photo comes. */
function isWorthRetrying({ error }: Photo): boolean {
  return error?.code !== "sidecar_without_photo";
}

/** Failed files, each with its reason. */
export function FailedPhotos({ albumId, count }: { albumId: string; count: number }) {
  const t = useMessages(progressMessages);
  const problemText = useProblemText();
  // The count in the key makes the list refetch whenever another photo fails.
  const base = failedPhotosQuery(albumId);
  const failed = useInfiniteQuery({ ...base, queryKey: [...base.queryKey, String(count)] });
  const retry = useRetryPhotos(albumId);
  const onError = (error: Error) => toastProblem(problemText(error));
  const { language } = useLanguage();
  const errorText = (error: Photo["error"]) =>
    error && (language === "en" ? error.message : (photoErrorTexts[language][error.code] ?? error.message));
  const photos = failed.data?.pages.flatMap((page) => page.results) ?? [];
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
        {(failed.hasNextPage || photos.some(isWorthRetrying)) && (
          <Button variant="default" loading={retry.isPending} onClick={() => retry.mutate(undefined, { onError })}>
            {t("retryAll")}
          </Button>
        )}
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
        </div>
      ))}
      {failed.hasNextPage && (
        <Button variant="subtle" loading={failed.isFetchingNextPage} onClick={() => void failed.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </section>
  );
}
