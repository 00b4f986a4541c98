import { useParams } from "@tanstack/react-router";

import { ProgressPage } from "@/features/progress/pages/progress-page";

export function ProgressRoute() {
  const { albumId } = useParams({ from: "/signed-in/albums/$albumId/progress" });
  // Another album is another page, with nothing of this one in it.
  return <ProgressPage key={albumId} albumId={albumId} />;
}
