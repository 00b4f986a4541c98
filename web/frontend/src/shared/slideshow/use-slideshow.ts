import { useEffect, useEffectEvent, useState } from "react";

import { type LoadSlide, placeOf, type Slide, type SlideMedia, slidesToShow } from "./slide";
import { SlideCache } from "./slide-cache";

/** What is on the screen. `turn` counts what was shown: with two slides in a loop, each is shown many times. */
export interface ShownSlide {
  readonly turn: number;
  readonly slide: Slide;
  readonly media: SlideMedia;
}

interface SlideshowOptions {
  readonly slides: readonly Slide[];
  /** Where to begin, null for the first. */
  readonly startAt: string | null;
  readonly load: LoadSlide;
  readonly seconds: number;
  readonly loops: boolean;
}

/** Which slide is shown, and when the next one comes. A slide is shown once it is loaded. */
export function useSlideshow({ slides, startAt, load, seconds, loops }: SlideshowOptions) {
  const [cache] = useState(() => new SlideCache(load));
  const [onlyBest, setOnlyBest] = useState(true);
  const [id, setId] = useState(startAt);
  const [isPlaying, setPlaying] = useState(true);
  /** The slide before the one shown, and that one. */
  const [layers, setLayers] = useState<readonly ShownSlide[]>([]);

  const list = slidesToShow(slides, onlyBest);
  const place = placeOf(list, slides, id);
  const wanted = list[place];
  const shown = layers.at(-1);
  const isThere = shown !== undefined && shown.slide.id === wanted?.id;

  /** Another slide, around the ends if it loops. */
  const beside = (step: 1 | -1): Slide | undefined =>
    list[loops ? (place + step + list.length) % list.length : place + step];
  const go = (step: 1 | -1) => {
    const other = beside(step);
    if (other) setId(other.id);
  };
  /** What is shown is over. */
  const end = () => {
    if (place === list.length - 1 && !loops) setPlaying(false);
    else go(1);
  };

  const appear = useEffectEvent((slide: Slide, media: SlideMedia) => {
    if (shown?.slide.id === slide.id) return;
    setLayers((before) => [...before.slice(-1), { turn: (before.at(-1)?.turn ?? 0) + 1, slide, media }]);
    const near = [slide, beside(1), beside(-1)].filter((one) => one !== undefined);
    cache.keepOnly(near);
    for (const one of near) void cache.get(one);
  });
  useEffect(() => {
    let isLate = false;
    if (wanted) void cache.get(wanted).then((media) => isLate || appear(wanted, media));
    return () => {
      isLate = true;
    };
  }, [cache, wanted]);

  const onTime = useEffectEvent(end);
  // A video ends by itself.
  const isTimed = isPlaying && isThere && !shown.media.video;
  useEffect(() => {
    if (!isTimed) return;
    const timer = setTimeout(onTime, seconds * 1000);
    return () => clearTimeout(timer);
  }, [isTimed, seconds, shown?.turn]);

  return {
    layers,
    place,
    count: list.length,
    isPlaying,
    isLoading: !isThere,
    onlyBest,
    /** Whether there is more than the best, and more than nothing without the rest. */
    hasRest: slidesToShow(slides, true).length < slides.length,
    setOnlyBest,
    go,
    end,
    toFirst: () => setId(list[0]?.id ?? null),
    toLast: () => setId(list.at(-1)?.id ?? null),
    /** Pause, or go on; behind the last slide that is the first. */
    toggle: () => {
      if (!isPlaying && place === list.length - 1 && !loops && list.length > 1) setId(list[0]?.id ?? null);
      setPlaying(!isPlaying);
    },
    /** The browser cannot play the video that is shown: its poster stays for as long as a photo. */
    refuseVideo: () =>
      setLayers((before) =>
        before.map((layer) => (layer === before.at(-1) ? { ...layer, media: { ...layer.media, video: null } } : layer)),
      ),
  };
}
