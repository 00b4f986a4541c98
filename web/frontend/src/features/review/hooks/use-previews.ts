import { useQueries } from "@tanstack/react-query";

import type { TimelinePhoto } from "@/shared/api/schema-types";
import { useLoadedAhead } from "@/shared/pictures/use-loaded-ahead";

import { thumbnailQuery } from "../api/thumbnails";

import { useReviewedAlbum } from "./use-thumbnail";

/** Loads previews ahead: the next one is there when it is asked for. */
export function usePreviews(...photos: readonly (TimelinePhoto | undefined)[]) {
  const albumId = useReviewedAlbum();
  const links = useQueries({
    queries: photos.flatMap((photo) => (photo ? [thumbnailQuery(albumId, photo.id)] : [])),
    combine: (results) => results.map(({ data }) => data?.preview_url ?? "").join(" "),
  });
  useLoadedAhead(links);
}
