import { useParams } from "@tanstack/react-router";

import { DownloadPage } from "@/features/downloads/pages/download-page";

export function DownloadRoute() {
  const { albumId } = useParams({ from: "/signed-in/albums/$albumId/download" });
  // Another album is another page, with nothing of this one in it.
  return <DownloadPage key={albumId} albumId={albumId} />;
}
