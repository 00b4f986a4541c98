import { api, cursorOf, unwrap } from "./client";
import type { paths } from "./schema";
import type { Photo } from "./schema-types";

type PhotosQuery = NonNullable<paths["/api/v1/albums/{album_id}/photos/"]["get"]["parameters"]["query"]>;

/** The most that the service puts on a page. */
const PAGE_SIZE = 500;

/** All photos of an album that a query asks for, from as many pages as they take. */
export async function allPhotos(
  albumId: string,
  wanted: Omit<PhotosQuery, "cursor" | "page_size">,
  signal?: AbortSignal,
): Promise<Photo[]> {
  const photos: Photo[] = [];
  let cursor: string | undefined;
  do {
    const query = { ...wanted, page_size: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) };
    const page = await unwrap(
      api.GET("/api/v1/albums/{album_id}/photos/", {
        params: { path: { album_id: albumId }, query },
        ...(signal ? { signal } : {}),
      }),
    );
    photos.push(...page.results);
    cursor = cursorOf(page);
  } while (cursor !== undefined);
  return photos;
}
