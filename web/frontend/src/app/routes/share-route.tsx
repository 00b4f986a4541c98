import { useParams } from "@tanstack/react-router";

import { SharePage } from "@/features/sharing/pages/share-page";

export function ShareRoute() {
  const { albumId } = useParams({ from: "/signed-in/albums/$albumId/share" });
  // Another album is another page, with nothing of this one in it.
  return <SharePage key={albumId} albumId={albumId} />;
}
