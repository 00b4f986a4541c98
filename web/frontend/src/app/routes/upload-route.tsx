import { useParams } from "@tanstack/react-router";

import { UploadPage } from "@/features/upload/pages/upload-page";

export function UploadRoute() {
  const { albumId } = useParams({ from: "/signed-in/albums/$albumId/upload" });
  // Another album is another page, with nothing of this one in it.
  return <UploadPage key={albumId} albumId={albumId} />;
}
