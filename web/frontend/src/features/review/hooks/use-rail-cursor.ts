import { type RefObject, useEffect } from "react";

import { rowAt } from "../model/rows";

import { useLatest } from "./use-latest";
import { COVERED } from "./use-scroll-place";

/** How long the time stands beside the cursor after the list stood still. */
const SHOWN_MS = 1200;

interface Drawn {
  readonly rail: RefObject<HTMLElement | null>;
  readonly tops: readonly number[];
  /** Pixels of the rail for each pixel of the list. */
  readonly scale: number;
  readonly margin: number;
  readonly textAt: (index: number) => string;
}

/**
 * Move the cursor of the rail with the list. React takes no part, and a frame writes no more than a place and, in
 * another row, a text: so scrolling costs the same with ten and with ten thousand photos.
 */
export function useRailCursor(drawn: Drawn) {
  const latest = useLatest(drawn);

  const y = () => {
    const { margin, scale } = latest.current;
    return Math.max(0, (window.scrollY + COVERED - margin) * scale);
  };
  const place = () => {
    const { rail, tops, scale, textAt } = latest.current;
    const cursor = rail.current?.querySelector<HTMLElement>("[data-cursor]");
    const bubble = rail.current?.querySelector<HTMLElement>("[data-bubble]");
    if (!cursor || !bubble || scale === 0) return;
    cursor.style.transform = `translateY(${y()}px)`;
    // A row that only looks out from below the tools is not what is looked at.
    const text = textAt(Math.max(0, rowAt(tops, y() / scale + 40)));
    if (bubble.textContent !== text) bubble.textContent = text;
  };

  useEffect(() => {
    let frame = 0;
    let timer = 0;
    const scrolled = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        const rail = latest.current.rail.current;
        if (!rail) return;
        place();
        rail.dataset.moving = "";
        clearTimeout(timer);
        timer = window.setTimeout(() => delete rail.dataset.moving, SHOWN_MS);
      });
    };
    addEventListener("scroll", scrolled, { passive: true });
    return () => {
      removeEventListener("scroll", scrolled);
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- it reads only the latest
  }, [latest]);

  return {
    y,
    place,
    scrollTo: (to: number) => {
      const { margin, scale } = latest.current;
      if (scale > 0) window.scrollTo({ top: Math.max(0, to) / scale + margin - COVERED, behavior: "instant" });
    },
  };
}
