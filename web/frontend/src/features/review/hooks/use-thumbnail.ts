import { useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";

import type { Thumbnail } from "@/shared/api/schema-types";

import { thumbnailQuery } from "../api/thumbnails";

/** The album that is reviewed. */
export const ReviewedAlbumContext = createContext<string | null>(null);

export function useReviewedAlbum(): string {
  const albumId = useContext(ReviewedAlbumContext);
  if (albumId === null) throw new Error("There is no review above.");
  return albumId;
}

const UNKNOWN: Omit<Thumbnail, "id"> = {
  folder: "",
  placeholder: "",
  thumbnail_url: null,
  preview_url: null,
  reasons: [],
  close_ups: null,
};

/** The thumbnail of a photo; empty until it is loaded. */
export function useThumbnail(photoId: string): Omit<Thumbnail, "id"> {
  return useQuery(thumbnailQuery(useReviewedAlbum(), photoId)).data ?? UNKNOWN;
}
