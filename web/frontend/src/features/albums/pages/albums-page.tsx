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
import { LeftOutFiles } from "@/shared/files/left-out-files";
import { NOTHING_LEFT_OUT, type Picked } from "@/shared/files/picked-file";
import { PickerButtons } from "@/shared/files/picker-buttons";
import { canChooseFolders, type FilePicker, useFilePicker } from "@/shared/files/use-file-picker";
import { useSortedFiles } from "@/shared/files/use-sorted-files";
import { usePageTitle } from "@/shared/hooks/use-page-title";
import { useFormat, useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

import { albumsQuery, useCreateAlbum } from "../api/albums";
import { AlbumCard } from "../components/album-card";
import { NameDialog } from "../components/name-dialog";

import classes from "./albums-page.module.css";

interface AlbumsPageProps {
  /** The album that this page sends photos to, or null. */
  uploadingId: string | null;
  /** An album has been made, of these photos or of none yet. */
  onCreated: (album: Album, photos: Picked | null) => void;
}

export function AlbumsPage({ uploadingId, onCreated }: AlbumsPageProps) {
  const t = useMessages("albums");
  const common = useMessages("common");
  const format = useFormat();
  const problemText = useProblemText();
  usePageTitle(t("title"));
  const albums = useInfiniteQuery(albumsQuery);
  const create = useCreateAlbum();
  const [isNaming, setNaming] = useState(false);

  const [leftOut, setLeftOut] = useState(NOTHING_LEFT_OUT);

  function createOf(picked: Picked) {
    if (picked.files.length === 0) {
      toastProblem(t("nothingUsable"));
      setLeftOut(picked.leftOut);
      return;
    }
    const name = picked.folder ?? t("defaultName", { date: format.date(new Date()) });
    create.mutate(name, {
      onSuccess: (album) => onCreated(album, picked),
      onError: (error) => toastProblem(problemText(error)),
    });
  }
  const { take, isLooking } = useSortedFiles(createOf);
  const picker = useFilePicker(take);

  if (albums.error && !albums.data) return <PageError error={albums.error} onRetry={() => void albums.refetch()} />;
  if (!albums.data) return <PageLoading />;
  const all = albums.data.pages.flatMap((page) => page.results);
  const own = all.filter((album) => album.is_own);
  const others = all.filter((album) => !album.is_own);
  return (
    <PageBody>
      <DropAnywhere label={t("dropHere")} onChosen={take} />
      {picker.inputs}
      <Group justify="space-between" mb="lg">
        <Title order={1} size="h2">
          {t("title")}
        </Title>
        {all.length > 0 && (
          <Button
            loading={isLooking}
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
      <LeftOutFiles leftOut={leftOut} />
      {all.length === 0 ? (
        <EmptyAlbums picker={picker} isBusy={create.isPending || isLooking} />
      ) : (
        <>
          {own.length > 0 && <AlbumGrid albums={own} uploadingId={uploadingId} />}
          {others.length > 0 && (
            <section aria-labelledby="shared-with-you">
              <Title order={2} size="h3" id="shared-with-you" mt={own.length > 0 ? 36 : 0} mb="md">
                {t("sharedTitle")}
              </Title>
              <AlbumGrid albums={others} uploadingId={uploadingId} />
            </section>
          )}
        </>
      )}
      {albums.hasNextPage && (
        <Button
          variant="default"
          mt="xl"
          loading={albums.isFetchingNextPage}
          onClick={() => void albums.fetchNextPage()}
        >
          {common("showMore")}
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

function AlbumGrid({ albums, uploadingId }: { albums: readonly Album[]; uploadingId: string | null }) {
  return (
    <div className={classes.grid}>
      {albums.map((album) => (
        <AlbumCard key={album.id} album={album} isUploading={album.id === uploadingId} />
      ))}
    </div>
  );
}

function EmptyAlbums({ picker, isBusy }: { picker: FilePicker; isBusy: boolean }) {
  const t = useMessages("albums");
  const picking = useMessages("files-picker");
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
        <PickerButtons picker={picker} isBusy={isBusy} />
      </Group>
      {!canChooseFolders() && (
        <Text c="dimmed" size="sm" maw={520}>
          {picking("filesText")}
        </Text>
      )}
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
