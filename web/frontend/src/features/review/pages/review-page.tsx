import { Badge, Button, Group, Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";

import type { Cluster } from "@/shared/api/schema-types";
import { PageError } from "@/shared/components/page-error";
import { PageLoading } from "@/shared/components/page-loading";
import { useMessages } from "@/shared/i18n/language-context";

import { clustersQuery } from "../api/clusters";
import { singlePhotosQuery } from "../api/single-photos";
import { PhotoTile } from "../components/photo-tile";
import { reviewMessages } from "../review-messages";

/** The groups as they are: every photo, the picked ones marked. */
export function ReviewPage({ albumId }: { albumId: string }) {
  const t = useMessages(reviewMessages);
  const clusters = useInfiniteQuery(clustersQuery(albumId));
  const singles = useInfiniteQuery(singlePhotosQuery(albumId));
  const error = clusters.error ?? singles.error;
  if (error) return <PageError error={error} onRetry={() => void clusters.refetch()} />;
  if (!clusters.data || !singles.data) return <PageLoading />;
  const groups = clusters.data.pages.flatMap((page) => page.results);
  const photos = singles.data.pages.flatMap((page) => page.results);
  if (groups.length + photos.length === 0) {
    return (
      <Stack gap="xs">
        <Title order={2} size="h3">
          {t("empty")}
        </Title>
        <Text c="dimmed">{t("emptyText")}</Text>
      </Stack>
    );
  }
  return (
    <Stack gap="xl">
      {groups.map((cluster) => (
        <ClusterRow key={cluster.id} cluster={cluster} />
      ))}
      {clusters.hasNextPage && (
        <Button variant="default" loading={clusters.isFetchingNextPage} onClick={() => void clusters.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
      {photos.length > 0 && (
        <section>
          <Title order={2} size="h4" mb="sm">
            {t("singles")}
          </Title>
          <Group gap="sm">
            {photos.map((photo) => (
              <PhotoTile key={photo.id} photo={photo} />
            ))}
          </Group>
          {singles.hasNextPage && (
            <Button
              variant="default"
              mt="md"
              loading={singles.isFetchingNextPage}
              onClick={() => void singles.fetchNextPage()}
            >
              {t("more")}
            </Button>
          )}
        </section>
      )}
    </Stack>
  );
}

function ClusterRow({ cluster }: { cluster: Cluster }) {
  const t = useMessages(reviewMessages);
  return (
    <section>
      <Group mb="sm" gap="sm">
        <Text c="dimmed" size="sm">
          {t("photos", { count: cluster.photo_count })}
        </Text>
        {!cluster.clear_winner && !cluster.kept_whole && (
          <Badge variant="light" color="yellow" tt="none">
            {t("noClearWinner")}
          </Badge>
        )}
      </Group>
      <Group gap="sm">
        {cluster.photos.map((photo) => (
          <PhotoTile key={photo.id} photo={photo} />
        ))}
      </Group>
    </section>
  );
}
