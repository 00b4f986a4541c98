export interface Slide {
  readonly id: string;
  readonly name: string;
  readonly isVideo: boolean;
  /** The wall-clock time without a zone, or null. */
  readonly takenAt: string | null;
  /** The best of its moment: the slideshow begins with these alone. */
  readonly isBest: boolean;
}

/** The links of a slide, null where there is none. A video has both: the picture is its poster. */
export interface SlideMedia {
  readonly picture: string | null;
  readonly video: string | null;
}

export type LoadSlide = (slide: Slide) => Promise<SlideMedia>;

export const NO_MEDIA: SlideMedia = { picture: null, video: null };

/** What a slideshow shows: the best alone, or all; all if none is the best. */
export function slidesToShow(slides: readonly Slide[], onlyBest: boolean): readonly Slide[] {
  const best = slides.filter(({ isBest }) => isBest);
  return onlyBest && best.length > 0 ? best : slides;
}

/** The place among the slides to show of this one, or of the first behind it that is among them. */
export function placeOf(shown: readonly Slide[], slides: readonly Slide[], id: string | null): number {
  const behind = new Set(
    slides
      .slice(
        Math.max(
          0,
          slides.findIndex((slide) => slide.id === id),
        ),
      )
      .map((one) => one.id),
  );
  return Math.max(
    0,
    shown.findIndex((slide) => behind.has(slide.id)),
  );
}
