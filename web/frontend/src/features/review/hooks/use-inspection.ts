import { useMemo, useState } from "react";

import type { Marks } from "@/shared/pictures/overlay";

/** What the large view shows besides the photo. */
export type Layer = keyof Marks | "info";

export interface Inspection extends Marks {
  readonly info: boolean;
  readonly toggle: (layer: Layer) => void;
}

/** The layers of the large view. They stay from shot to shot, and are off when the page opens. */
export function useInspection(): Inspection {
  const [layers, setLayers] = useState({ peaking: false, clipping: false, info: false });
  return useMemo(
    () => ({ ...layers, toggle: (layer) => setLayers((before) => ({ ...before, [layer]: !before[layer] })) }),
    [layers],
  );
}
