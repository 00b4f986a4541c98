import { useCallback, useRef } from "react";

import { useFormat, useMessages } from "@/shared/i18n/language-context";

import type { Step } from "../api/steps";
import { type Gaps, minutesFor, withGap } from "../model/pace";
import { type Row, rowWith } from "../model/rows";

const STORAGE_KEY = "review-pace";

function readGaps(): Gaps {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((gap) => typeof gap === "number") : [];
  } catch {
    return [];
  }
}

function keep(gaps: Gaps): void {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(gaps.map((gap) => Math.round(gap * 10) / 10)));
  } catch {
    // Without a place to keep it, the first guess stands.
  }
}

/** Notes how long the person at this browser takes from a group to the next. Only the browser knows. */
export function usePaceNotes(rows: readonly Row[]) {
  const last = useRef<{ readonly group: string; readonly at: number } | null>(null);
  return useCallback(
    (step: Step) => {
      const photoId = step.name === "decide" ? step.decided[0]?.photos[0] : undefined;
      const row = rowWith(rows, photoId ?? null);
      if (row?.kind !== "group" || last.current?.group === row.key) return;
      const at = performance.now();
      if (last.current) keep(withGap(readGaps(), (at - last.current.at) / 1000));
      last.current = { group: row.key, at };
    },
    [rows],
  );
}

/** How long a number of groups may take, in words. */
export function useLookTime(): (groups: number) => string {
  const t = useMessages("review");
  const format = useFormat();
  return (groups) => t("about", { time: format.duration(60 * minutesFor(groups, readGaps())) });
}
