import { useQuery } from "@tanstack/react-query";

import type { Photo } from "@/shared/api/schema-types";
import { canReadPixels, type PixelReader } from "@/shared/pictures/pixel-reader";
import type { Point } from "@/shared/zoom/pan-zoom";
import type { Focus } from "@/shared/zoom/use-kept-zoom";

import { faceInFocus } from "../model/focus-point";

import { useThumbnail } from "./use-thumbnail";

/** Where to zoom first: the sharpest face in front, else the sharpest part; null while that is not known. */
export function useFocus(photoId: string, detail: Photo | undefined, reader: PixelReader): Focus | null {
  const { thumbnail_url: thumbnail } = useThumbnail(photoId);
  const face = detail ? faceInFocus(detail.faces) : null;
  const isFaceless = detail !== undefined && !face;
  const { data: point = null } = useQuery<Point>({
    queryKey: ["photos", "sharpest", photoId],
    queryFn: async () => {
      const answer = await reader.ask({ about: "sharpest", url: thumbnail ?? "" });
      // Thrown, so that it is asked again: the large view may only have been closed meanwhile.
      if (!answer || !("sharpest" in answer)) throw new Error("The thumbnail was not read.");
      return answer.sharpest;
    },
    enabled: isFaceless && thumbnail !== null && canReadPixels(),
    staleTime: Infinity,
  });
  return face ?? point;
}
