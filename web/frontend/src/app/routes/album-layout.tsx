import { useQuery } from "@tanstack/react-query";
import { Outlet, useNavigate, useParams } from "@tanstack/react-router";

import { albumQuery } from "@/features/albums/api/albums";
import { AlbumHeader } from "@/features/albums/components/album-header";
import { useIsUploading } from "@/features/upload/uploads-context";
import { PageBody } from "@/shared/components/page-body";
import { PageError } from "@/shared/components/page-error";
import { PageLoading } from "@/shared/components/page-loading";
import { usePageTitle } from "@/shared/hooks/use-page-title";

/** The album's header, above each of its sections. */
export function AlbumLayout() {
  const { albumId } = useParams({ from: "/signed-in/albums/$albumId" });
  const navigate = useNavigate();
  const { data: album, error } = useQuery(albumQuery(albumId));
  const isUploading = useIsUploading(albumId);
  usePageTitle(album?.name ?? "");
  if (!album) return error ? <PageError error={error} /> : <PageLoading />;
  return (
    <PageBody>
      <AlbumHeader album={album} isUploading={isUploading} onDeleted={() => void navigate({ to: "/albums" })} />
      <Outlet />
    </PageBody>
  );
}
