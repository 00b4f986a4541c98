import { useNavigate } from "@tanstack/react-router";

import { AlbumsPage } from "@/features/albums/pages/albums-page";
import { useQueueOf } from "@/features/upload/uploads-context";

export function AlbumsRoute() {
  const navigate = useNavigate();
  const queueOf = useQueueOf();
  return (
    <AlbumsPage
      onCreated={(album, picked) => {
        if (picked) queueOf(album.id).take(picked);
        void navigate({ to: "/albums/$albumId/upload", params: { albumId: album.id } });
      }}
    />
  );
}
