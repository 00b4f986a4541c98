import { useState } from "react";

import { clampView, type Frame, type View, type ViewChange, WHOLE } from "@/shared/zoom/pan-zoom";

type Views = Readonly<Record<string, View>>;
type Frames = Readonly<Record<string, Frame>>;

/** The views of all panes. While they are linked, each change applies to all, from where each one is. */
export function useLinkedViews(linked: boolean) {
  const [views, setViews] = useState<Views>({});
  const [frames, setFrames] = useState<Frames>({});

  return {
    viewOf: (id: string): View => {
      const [view, frame] = [views[id] ?? WHOLE, frames[id]];
      return frame ? clampView(view, frame, devicePixelRatio) : view;
    },
    frameOf: (id: string): Frame | undefined => frames[id],
    measured: (id: string, frame: Frame) =>
      setFrames((before) => {
        const old = before[id];
        const isSame = old && (Object.keys(frame) as (keyof Frame)[]).every((key) => old[key] === frame[key]);
        return isSame ? before : { ...before, [id]: frame };
      }),
    change: (id: string, shown: readonly string[], apply: ViewChange) =>
      setViews((before) => {
        const after = { ...before };
        for (const one of linked ? shown : [id]) {
          const frame = frames[one];
          if (frame) after[one] = apply(clampView(before[one] ?? WHOLE, frame, devicePixelRatio), frame);
        }
        return after;
      }),
    /** Show something else in each pane. */
    show: (wanted: Readonly<Record<string, ViewChange>>) =>
      setViews((before) => {
        const after = { ...before };
        for (const [id, apply] of Object.entries(wanted)) {
          const frame = frames[id];
          if (frame) after[id] = apply(before[id] ?? WHOLE, frame);
        }
        return after;
      }),
    /** A new photo shows the same part as the photo it replaces. */
    take: (from: string, to: string) => setViews((before) => ({ ...before, [to]: before[from] ?? WHOLE })),
    reset: () => setViews({}),
  };
}

export type LinkedViews = ReturnType<typeof useLinkedViews>;
