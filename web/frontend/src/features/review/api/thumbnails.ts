import { queryOptions } from "@tanstack/react-query";

import { batched } from "@/shared/api/batched";
import { api, unwrap } from "@/shared/api/client";
import type { Thumbnail } from "@/shared/api/schema-types";

/** The ids are in the address, whose length servers limit. */
const MOST = 50;
/** Shorter than anybody sees; long enough for all that one turn of the wheel brings into view. */
const WAIT = 20;
/** Links to pictures last a day and more. */
const FRESH = 30 * 60_000;

const loaders = new Map<string, (id: string, signal: AbortSignal) => Promise<Thumbnail | null>>();

function loaderOf(albumId: string) {
  const known = loaders.get(albumId);
  if (known) return known;
  const loader = batched<Thumbnail>({
    load: async (ids) => {
      const params = { path: { album_id: albumId }, query: { photos: ids.join(",") } };
      return (await unwrap(api.GET("/api/v1/albums/{album_id}/thumbnails/", { params }))).results;
    },
    most: MOST,
    wait: WAIT,
  });
  loaders.set(albumId, loader);
  return loader;
}

export function thumbnailsKey(albumId: string) {
  return ["albums", "thumbnails", albumId] as const;
}

/** The thumbnail of a photo, or null when the photo is gone. Calls made together become one request. */
export function thumbnailQuery(albumId: string, photoId: string) {
  return queryOptions({
    queryKey: [...thumbnailsKey(albumId), photoId] as const,
    queryFn: ({ signal }) => loaderOf(albumId)(photoId, signal),
    staleTime: FRESH,
  });
}
