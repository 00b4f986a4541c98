import { useEffect, useRef } from "react";

import { useMessages } from "@/shared/i18n/language-context";

import classes from "./slideshow.module.css";
import type { ShownSlide } from "./use-slideshow";

interface SlideLayerProps {
  shown: ShownSlide;
  /** It is the one on top; the other fades out below it. */
  isTop: boolean;
  isPlaying: boolean;
  /** The video is the only slide, and begins again. */
  repeats: boolean;
  onEnd: () => void;
  onRefused: () => void;
}

/** A photo or a video as large as the window. */
export function SlideLayer({ shown, isTop, ...video }: SlideLayerProps) {
  const t = useMessages("slideshow");
  const { slide, media } = shown;
  return (
    <div className={classes.layer} aria-hidden={!isTop}>
      {media.video && isTop ? (
        <SlideVideo src={media.video} poster={media.picture} label={slide.name} {...video} />
      ) : media.picture ? (
        <img src={media.picture} alt={slide.name} draggable={false} />
      ) : (
        <p className={classes.missing}>{t("missing", { name: slide.name })}</p>
      )}
    </div>
  );
}

interface SlideVideoProps extends Omit<SlideLayerProps, "shown" | "isTop"> {
  src: string;
  poster: string | null;
  label: string;
}

function SlideVideo({ src, poster, label, isPlaying, repeats, onEnd, onRefused }: SlideVideoProps) {
  const ref = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = ref.current;
    if (!video) return;
    if (isPlaying) void play(video);
    else video.pause();
  }, [isPlaying]);
  return (
    // eslint-disable-next-line jsx-a11y/media-has-caption -- People's own films have none.
    <video
      ref={ref}
      src={src}
      poster={poster ?? undefined}
      aria-label={label}
      playsInline
      loop={repeats}
      onEnded={onEnd}
      onError={onRefused}
      // Chrome plays the sound of a film whose pictures it cannot decode.
      onLoadedMetadata={(event) => event.currentTarget.videoWidth === 0 && onRefused()}
    />
  );
}

/** With its sound, if the browser lets a page begin with sound. */
async function play(video: HTMLVideoElement): Promise<void> {
  try {
    await video.play();
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== "NotAllowedError") return;
    video.muted = true;
    await video.play().catch(() => undefined);
  }
}
