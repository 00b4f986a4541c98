import { useSuspenseQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";

import { albumQuery } from "@/features/albums/api/albums";
import { TellWhenDone } from "@/features/progress/notice/tell-when-done";
import { ProgressPage } from "@/features/progress/pages/progress-page";
import { useSending } from "@/features/upload/uploads-context";

export function ProgressRoute() {
  const { albumId } = useParams({ from: "/signed-in/albums/$albumId/progress" });
  const { data: album } = useSuspenseQuery(albumQuery(albumId));
  // Another album is another page, with nothing of this one in it.
  return (
    <ProgressPage
      key={albumId}
      album={album}
      sending={useSending(albumId)}
      offer={<TellWhenDone albumId={albumId} />}
    />
  );
}
