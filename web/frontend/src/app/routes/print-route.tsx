import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";

import { albumQuery } from "@/features/albums/api/albums";
import { PrintPage } from "@/features/downloads/pages/print-page";

export function PrintRoute() {
  const { albumId } = useParams({ from: "/signed-in/albums/$albumId/print" });
  const { data: album } = useQuery(albumQuery(albumId));
  // Another album is another page, with nothing of this one in it.
  return <PrintPage key={albumId} albumId={albumId} albumName={album?.name ?? ""} />;
}
