import { Button, Group, Text, Title } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { Album } from "@/shared/api/schema-types";
import { PageBody } from "@/shared/components/page-body";
import { PageError } from "@/shared/components/page-error";
import { PageLoading } from "@/shared/components/page-loading";
import { toastProblem } from "@/shared/components/toast";
import { DropAnywhere } from "@/shared/files/drop-anywhere";
import type { Picked } from "@/shared/files/picked-file";
import { canChooseFolders, type FilePicker, useFilePicker } from "@/shared/files/use-file-picker";
import { usePageTitle } from "@/shared/hooks/use-page-title";
import { useFormat, useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

import { albumsMessages } from "../albums-messages";
import { albumsQuery, useCreateAlbum } from "../api/albums";
import { AlbumCard } from "../components/album-card";
import { NameDialog } from "../components/name-dialog";

import classes from "./albums-page.module.css";

interface AlbumsPageProps {
  /** An album has been made, of these photos or of none yet. */
  onCreated: (album: Album, photos: Picked | null) => void;
}

export function AlbumsPage({ onCreated }: AlbumsPageProps) {
  const t = useMessages(albumsMessages);
  const format = useFormat();
  const problemText = useProblemText();
  usePageTitle(t("title"));
  const albums = useInfiniteQuery(albumsQuery);
  const create = useCreateAlbum();
  const [isNaming, setNaming] = useState(false);

  function createOf(picked: Picked) {
    if (picked.photos.length === 0) {
      toastProblem(t("nothingUsable"));
      return;
    }
    const name = picked.folder ?? t("defaultName", { date: format.date(new Date()) });
    create.mutate(name, {
      onSuccess: (album) => onCreated(album, picked),
      onError: (error) => toastProblem(problemText(error)),
    });
  }
  const picker = useFilePicker(createOf);

  if (albums.error && !albums.data) return <PageError error={albums.error} onRetry={() => void albums.refetch()} />;
  if (!albums.data) return <PageLoading />;
  const all = albums.data.pages.flatMap((page) => page.results);
  return (
    <PageBody>
      <DropAnywhere label={t("dropHere")} onPicked={createOf} />
      {picker.inputs}
      <Group justify="space-between" mb="lg">
        <Title order={1} size="h2">
          {t("title")}
        </Title>
        {all.length > 0 && (
          <Button
            leftSection={<IconPlus size={18} stroke={2} aria-hidden />}
            onClick={() => {
              create.reset();
              setNaming(true);
            }}
          >
            {t("newAlbum")}
          </Button>
        )}
      </Group>
      {all.length === 0 ? (
        <EmptyAlbums picker={picker} isBusy={create.isPending} />
      ) : (
        <div className={classes.grid}>
          {all.map((album) => (
            <AlbumCard key={album.id} album={album} />
          ))}
        </div>
      )}
      {albums.hasNextPage && (
        <Button
          variant="default"
          mt="xl"
          loading={albums.isFetchingNextPage}
          onClick={() => void albums.fetchNextPage()}
        >
          {t("more")}
        </Button>
      )}
      <NameDialog
        opened={isNaming}
        title={t("createTitle")}
        action={t("create")}
        initial=""
        busy={create.isPending}
        error={create.error}
        onClose={() => setNaming(false)}
        onSubmit={(name) =>
          create.mutate(name, {
            onSuccess: (album) => {
              setNaming(false);
              onCreated(album, null);
            },
          })
        }
      />
    </PageBody>
  );
}

function EmptyAlbums({ picker, isBusy }: { picker: FilePicker; isBusy: boolean }) {
  const t = useMessages(albumsMessages);
  return (
    <section className={classes.empty}>
      <FannedPhotos />
      <Title order={2} size="h3">
        {t("emptyTitle")}
      </Title>
      <Text c="dimmed" maw={520}>
        {t("emptyText")}
      </Text>
      <Group justify="center" mt="sm">
        <Button loading={isBusy} onClick={picker.choosePhotos}>
          {t("choosePhotos")}
        </Button>
        {canChooseFolders() && (
          <Button variant="default" disabled={isBusy} onClick={picker.chooseFolder}>
            {t("chooseFolder")}
          </Button>
        )}
      </Group>
    </section>
  );
}

/** What the service does, in one drawing: of several shots, one in front. */
function FannedPhotos() {
  return (
    <div className={classes.fan} aria-hidden>
      <span />
      <span />
      <span />
    </div>
  );
}
