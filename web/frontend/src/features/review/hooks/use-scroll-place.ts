import { useCallback, useEffect, useLayoutEffect, useRef } from "react";

import { HEIGHT, photosOf, type Row, rowAt } from "../model/rows";

/** What covers the top of a scrolled list: the page header and the tools. */
export const COVERED = 124;

export interface Placed {
  readonly rows: readonly Row[];
  readonly tops: readonly number[];
  readonly places: ReadonlyMap<string, number>;
  /** From the top of the page to the list. */
  readonly margin: number;
}

/**
 * Keep the scroll position when the list changes, and bring photos into view.
 *
 * The place is held by a photo, because groups may be others after a regrouping: by the one the keys are at while it
 * is in view, else by the first one in view.
 */
export function useScrollPlace({ rows, tops, places, margin }: Placed, activeId: string | null) {
  const anchor = useRef<{ id: string; offset: number } | null>(null);

  const record = useCallback(() => {
    const above = window.scrollY + COVERED - margin;
    // While the head of the page is in view, that is what stays where it is.
    if (margin === 0 || window.scrollY === 0 || above <= 0) {
      anchor.current = null;
      return;
    }
    const isInView = (index: number) => {
      const top = tops[index] ?? 0;
      return top + (rows[index]?.size ?? 0) > above && top < window.scrollY + window.innerHeight - margin;
    };
    /** The first row with photos that starts in view, if it is near the top; else the one above it. */
    const lookedAt = () => {
      const over = Math.max(0, rowAt(tops, above));
      const begins = (tops[over] ?? 0) >= above ? over : over + 1;
      const first = rows[begins]?.kind === "day" ? begins + 1 : begins;
      const isHigh = (tops[first] ?? Number.POSITIVE_INFINITY) < above + window.innerHeight / 2;
      return isHigh || rows[over]?.kind === "day" ? first : over;
    };
    const activeRow = activeId === null ? undefined : places.get(activeId);
    const index = activeRow !== undefined && isInView(activeRow) ? activeRow : lookedAt();
    const row = rows[index];
    const id = index === activeRow ? activeId : row && photosOf(row)[0]?.id;
    anchor.current = id ? { id, offset: (tops[index] ?? 0) + margin - window.scrollY } : null;
  }, [rows, tops, places, margin, activeId]);

  useLayoutEffect(() => {
    if (!anchor.current) return;
    const index = places.get(anchor.current.id);
    if (index === undefined) return;
    const wanted = (tops[index] ?? 0) + margin - anchor.current.offset;
    if (Math.abs(wanted - window.scrollY) > 1) window.scrollTo({ top: wanted, behavior: "instant" });
  }, [places, tops, margin]);

  useEffect(() => {
    record();
    addEventListener("scroll", record, { passive: true });
    return () => removeEventListener("scroll", record);
  }, [record]);

  /** Scroll so that the row is seen whole, if it is not. */
  return useCallback(
    (index: number) => {
      const top = (tops[index] ?? 0) + margin;
      const bottom = top + (rows[index]?.size ?? 0) - HEIGHT.below;
      const isSeen = top >= window.scrollY + COVERED && bottom <= window.scrollY + window.innerHeight;
      if (!isSeen) window.scrollTo({ top: top - COVERED - 8, behavior: "instant" });
    },
    [rows, tops, margin],
  );
}
