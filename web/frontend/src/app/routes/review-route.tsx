import { useParams } from "@tanstack/react-router";

import { ReviewPage } from "@/features/review/pages/review-page";

export function ReviewRoute() {
  const { albumId } = useParams({ from: "/signed-in/albums/$albumId/review" });
  // Another album is another page, with nothing of this one in it.
  return <ReviewPage key={albumId} albumId={albumId} />;
}
