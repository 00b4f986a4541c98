import { useLocalStorage } from "@mantine/hooks";

/** How long a photo may be shown. */
export const SECONDS = [2, 3, 5, 8, 15] as const;

export interface SlideshowOptions {
  readonly seconds: number;
  /** After the last the first comes again. */
  readonly loops: boolean;
  /** The date is shown below each photo. */
  readonly hasDates: boolean;
}

const USUAL: SlideshowOptions = { seconds: 5, loops: false, hasDates: false };

/** What somebody chose last, kept in this browser. */
export function useSlideshowOptions() {
  const [stored, setStored] = useLocalStorage<Partial<SlideshowOptions>>({
    key: "slideshow",
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const options = { ...USUAL, ...stored };
  const place = SECONDS.findIndex((seconds) => seconds === options.seconds);
  const seconds = SECONDS[place] ?? USUAL.seconds;
  return {
    options: { ...options, seconds },
    change: (change: Partial<SlideshowOptions>) => setStored({ ...options, ...change }),
    /** Show each photo for a longer or a shorter time. */
    changeSeconds: (step: 1 | -1) => setStored({ ...options, seconds: SECONDS[place + step] ?? seconds }),
  };
}
