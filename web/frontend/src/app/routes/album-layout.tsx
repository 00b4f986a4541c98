import { useQuery } from "@tanstack/react-query";
import { Outlet, useNavigate, useParams } from "@tanstack/react-router";

import { albumQuery } from "@/features/albums/api/albums";
import { AlbumHeader } from "@/features/albums/components/album-header";
import { useIsUploading } from "@/features/upload/uploads-context";
import { Problem } from "@/shared/api/problem";
import { PageBody } from "@/shared/components/page-body";
import { PageError } from "@/shared/components/page-error";
import { PageLoading } from "@/shared/components/page-loading";
import { usePageTitle } from "@/shared/hooks/use-page-title";
import { useMessages } from "@/shared/i18n/language-context";

/** The album's header, above each of its sections. */
export function AlbumLayout() {
  const { albumId } = useParams({ from: "/signed-in/albums/$albumId" });
  const navigate = useNavigate();
  const { data: album, error } = useQuery(albumQuery(albumId));
  const isUploading = useIsUploading(albumId);
  const t = useMessages("members");
  usePageTitle(album?.name ?? "");
  if (!album) return error ? <PageError error={error} /> : <PageLoading />;
  if (!album.is_own && error instanceof Problem && error.status === 404) {
    const { owner: name } = album;
    return <PageError error={error} title={t("closedTitle")} text={t("closedText", { name })} />;
  }
  return (
    <PageBody>
      <AlbumHeader album={album} isUploading={isUploading} onDeleted={() => void navigate({ to: "/albums" })} />
      <Outlet />
    </PageBody>
  );
}
