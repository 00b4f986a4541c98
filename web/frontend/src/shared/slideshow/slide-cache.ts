import { type LoadSlide, NO_MEDIA, type Slide, type SlideMedia } from "./slide";

/** Slides that are shown or come next, with their pictures decoded: nothing flickers when they appear. */
export class SlideCache {
  private readonly slides = new Map<string, Promise<SlideMedia>>();

  constructor(private readonly load: LoadSlide) {}

  /** Never rejects: of a slide that cannot be loaded there is nothing, until it is asked for again. */
  get(slide: Slide): Promise<SlideMedia> {
    const known = this.slides.get(slide.id);
    if (known) return known;
    const media = this.load(slide)
      .then(async (found) => {
        if (found.picture) await decode(found.picture);
        return found;
      })
      .catch(() => {
        this.slides.delete(slide.id);
        return NO_MEDIA;
      });
    this.slides.set(slide.id, media);
    return media;
  }

  keepOnly(slides: readonly Slide[]): void {
    const kept = new Set(slides.map(({ id }) => id));
    for (const id of this.slides.keys()) if (!kept.has(id)) this.slides.delete(id);
  }
}

async function decode(link: string): Promise<void> {
  const image = new Image();
  image.src = link;
  await image.decode();
}
