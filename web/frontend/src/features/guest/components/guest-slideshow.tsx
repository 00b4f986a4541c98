import type { SharedPhoto } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";
import { LazySlideshow } from "@/shared/slideshow/lazy-slideshow";
import type { LoadSlide } from "@/shared/slideshow/slide";

interface GuestSlideshowProps {
  /** Null while there is none. */
  photos: readonly SharedPhoto[] | null;
  /** `lastId` is the photo that was shown last. */
  onClose: (lastId: string | null) => void;
}

/** The photos of a link one after the other, with the videos that may be played. */
export function GuestSlideshow({ photos, onClose }: GuestSlideshowProps) {
  const t = useMessages("guest");
  if (!photos) return null;
  const slides = photos.map(({ id, kind, taken_at: takenAt }, place) => ({
    id,
    name: t("photo", { number: place + 1, total: photos.length }),
    isVideo: kind === "video",
    takenAt,
    isBest: true,
  }));
  const byId = new Map(photos.map((photo) => [photo.id, photo]));
  const load: LoadSlide = ({ id }) => {
    const photo = byId.get(id);
    return Promise.resolve({ picture: photo?.preview_url ?? null, video: photo?.video_url ?? null });
  };
  return <LazySlideshow slides={slides} startAt={null} load={load} onClose={onClose} />;
}
