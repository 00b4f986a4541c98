import { useNavigate } from "@tanstack/react-router";

import { AlbumsPage } from "@/features/albums/pages/albums-page";
import { useActiveUpload, useQueueOf } from "@/features/upload/uploads-context";

export function AlbumsRoute() {
  const navigate = useNavigate();
  const queueOf = useQueueOf();
  const active = useActiveUpload();
  return (
    <AlbumsPage
      uploadingId={active?.albumId ?? null}
      onCreated={(album, picked) => {
        if (picked) queueOf(album.id).take(picked);
        void navigate({ to: "/albums/$albumId/upload", params: { albumId: album.id } });
      }}
    />
  );
}
