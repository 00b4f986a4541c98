import { useQueryClient } from "@tanstack/react-query";

import { LazySlideshow } from "@/shared/slideshow/lazy-slideshow";
import type { LoadSlide, Slide } from "@/shared/slideshow/slide";

import { thumbnailQuery } from "../api/thumbnails";
import { videoUrlQuery } from "../api/video";
import { useReviewedAlbum } from "../hooks/use-thumbnail";

/** A slideshow as it was when somebody opened it: deciding elsewhere changes nothing in it. */
export interface Playing {
  readonly slides: readonly Slide[];
  readonly startAt: string | null;
}

interface ReviewSlideshowProps {
  playing: Playing | null;
  onClose: (lastId: string | null) => void;
}

export function ReviewSlideshow({ playing, onClose }: ReviewSlideshowProps) {
  const client = useQueryClient();
  const albumId = useReviewedAlbum();
  const load: LoadSlide = async ({ id, isVideo }) => {
    const [thumbnail, video] = await Promise.all([
      client.query(thumbnailQuery(albumId, id)),
      isVideo ? client.query(videoUrlQuery(id)) : null,
    ]);
    return { picture: thumbnail?.preview_url ?? null, video };
  };
  return playing && <LazySlideshow {...playing} load={load} onClose={onClose} />;
}
