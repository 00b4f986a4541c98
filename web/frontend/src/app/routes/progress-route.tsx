import { useParams } from "@tanstack/react-router";

import { ProgressPage } from "@/features/progress/pages/progress-page";
import { useIsUploading } from "@/features/upload/uploads-context";

export function ProgressRoute() {
  const { albumId } = useParams({ from: "/signed-in/albums/$albumId/progress" });
  const isUploading = useIsUploading(albumId);
  // Another album is another page, with nothing of this one in it.
  return <ProgressPage key={albumId} albumId={albumId} isUploading={isUploading} />;
}
