import { lazy, Suspense } from "react";

import type { SlideshowProps } from "./slideshow";

const Slideshow = lazy(() => import("./slideshow"));

/** The slideshow, loaded when somebody wants it. Call `enterFullScreen` in the handler of the tap or key that opens it. */
export function LazySlideshow(props: SlideshowProps) {
  return (
    <Suspense>
      <Slideshow {...props} />
    </Suspense>
  );
}
