import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { albumQuery } from "@/features/albums/api/albums";
import { useAskedAlbums } from "@/features/progress/notice/asked-albums";
import { useDoneNotice } from "@/features/progress/notice/use-done-notice";
import { useIsUploading } from "@/features/upload/uploads-context";

/** Waits for the albums that somebody asked about, on whatever page they are. */
export function DoneNotices() {
  return useAskedAlbums().map((albumId) => <DoneNotice key={albumId} albumId={albumId} />);
}

function DoneNotice({ albumId }: { albumId: string }) {
  const navigate = useNavigate();
  const { data: album } = useQuery(albumQuery(albumId));
  useDoneNotice({
    albumId,
    name: album?.name,
    isUploading: useIsUploading(albumId),
    onOpen: () => void navigate({ to: "/albums/$albumId/review", params: { albumId } }),
  });
  return null;
}
