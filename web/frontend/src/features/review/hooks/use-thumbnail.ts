import { useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";

import type { Tile } from "@/shared/api/schema-types";

import { thumbnailQuery } from "../api/thumbnails";

/** The album that is reviewed. */
export const ReviewedAlbumContext = createContext<string | null>(null);

export function useReviewedAlbum(): string {
  const albumId = useContext(ReviewedAlbumContext);
  if (albumId === null) throw new Error("There is no review above.");
  return albumId;
}

const UNKNOWN: Omit<Tile, "id"> = { placeholder: "", thumbnail_url: null, preview_url: null, reasons: [] };

/** What a photo looks like; nothing at first, until it is known. */
export function useThumbnail(photoId: string): Omit<Tile, "id"> {
  return useQuery(thumbnailQuery(useReviewedAlbum(), photoId)).data ?? UNKNOWN;
}
