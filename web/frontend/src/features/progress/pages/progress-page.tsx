import { Alert, Button, Group, Progress as ProgressBar, Text, Title } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";

import type { Album, Progress } from "@/shared/api/schema-types";
import { PageError } from "@/shared/components/page-error";
import { PageLoading } from "@/shared/components/page-loading";
import { useFormat, useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

import { progressQuery } from "../api/progress";
import { FailedPhotos } from "../components/failed-photos";
import { MissingPhotos } from "../components/missing-photos";
import classes from "../components/progress.module.css";
import { Stages } from "../components/stages";
import { useWaiting } from "../components/use-waiting";
import type { Sending } from "../time-left";

interface ProgressPageProps {
  album: Pick<Album, "id" | "is_own" | "cluster_count">;
  sending: Sending;
  /** What may be offered to somebody who waits. */
  offer: ReactNode;
}

export function ProgressPage({ album, sending, offer }: ProgressPageProps) {
  const albumId = album.id;
  const isUploading = sending.left > 0;
  const { data, error, refetch } = useQuery(progressQuery(albumId, isUploading));
  const problemText = useProblemText();
  useAlbumFollows(data?.progress);
  if (!data) return error ? <PageError error={error} onRetry={() => void refetch()} /> : <PageLoading />;
  const { progress } = data;
  return (
    <div className={classes.page}>
      {error && <Alert color="yellow">{problemText(error)}</Alert>}
      {progress.total + progress.pending + sending.left === 0 ? (
        <Empty albumId={albumId} />
      ) : (
        <Bar progress={progress} seenAt={data.changedAt} album={album} sending={sending} />
      )}
      {(!progress.done || isUploading) && offer}
      {progress.done && progress.pending > 0 && !isUploading && (
        <MissingPhotos albumId={albumId} count={progress.pending} />
      )}
      {progress.failed > 0 && <FailedPhotos album={album} count={progress.failed} />}
    </div>
  );
}

/** Refetch the rest of the album when its groups change. */
function useAlbumFollows(progress: Progress | undefined): void {
  const client = useQueryClient();
  const groupedAt = progress?.grouped_at;
  const isDone = progress?.done;
  useEffect(() => {
    void client.invalidateQueries({
      predicate: ({ queryKey }) => queryKey[0] === "albums" && queryKey[1] !== "progress",
    });
  }, [client, groupedAt, isDone]);
}

interface BarProps extends Omit<ProgressPageProps, "offer"> {
  progress: Progress;
  seenAt: number;
}

function Bar({ progress, seenAt, album, sending }: BarProps) {
  const { id: albumId, cluster_count: groups } = album;
  const t = useMessages("progress");
  const common = useMessages("common");
  const format = useFormat();
  const { status, facts, fraction } = useWaiting({ progress, seenAt, sending, groups });
  const isOver = progress.done && sending.left === 0;
  return (
    <>
      <Group justify="space-between" align="baseline" wrap="nowrap">
        <Title order={2} size="h3">
          <span role="status">{status}</span>
        </Title>
        <Text fw={600} style={{ fontVariantNumeric: "tabular-nums" }}>
          {format.percent(fraction)}
        </Text>
      </Group>
      <ProgressBar value={fraction * 100} size="lg" radius="xl" transitionDuration={400} aria-label={status} />
      <Text c="dimmed">{facts}</Text>
      {progress.grouping === "failed" && <Alert color="red">{common("problemGrouping")}</Alert>}
      <Stages progress={progress} />
      {progress.grouped_at !== null && (
        <Group mt="sm">
          <Button component={Link} to={`/albums/${albumId}/review`} variant={isOver ? "filled" : "default"}>
            {t(isOver ? "review" : "reviewNow")}
          </Button>
        </Group>
      )}
    </>
  );
}

function Empty({ albumId }: { albumId: string }) {
  const t = useMessages("progress");
  return (
    <>
      <Title order={2} size="h3">
        {t("emptyTitle")}
      </Title>
      <Text c="dimmed">{t("emptyText")}</Text>
      <Group>
        <Button component={Link} to={`/albums/${albumId}/upload`}>
          {t("goUpload")}
        </Button>
      </Group>
    </>
  );
}
