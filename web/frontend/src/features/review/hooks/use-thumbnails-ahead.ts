import { noop, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { thumbnailQuery } from "../api/thumbnails";
import { photosOf, type Row } from "../model/rows";

import { useReviewedAlbum } from "./use-thumbnail";

/** Rows whose thumbnails are asked for together: about as many photos as one request takes. */
const BLOCK = 12;

/**
 * Load thumbnails before they come into view, in whole blocks of rows: so scrolling makes few requests and renders each
 * row once.
 */
export function useThumbnailsAhead(rows: readonly Row[], first: number, last: number) {
  const client = useQueryClient();
  const albumId = useReviewedAlbum();
  const from = Math.floor(first / BLOCK) * BLOCK;
  const to = (Math.floor(last / BLOCK) + 2) * BLOCK;
  useEffect(() => {
    for (const row of rows.slice(from, to)) {
      for (const { id } of photosOf(row)) client.query(thumbnailQuery(albumId, id)).catch(noop);
    }
  }, [client, albumId, rows, from, to]);
}
