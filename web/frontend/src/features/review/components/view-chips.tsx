import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef } from "react";

import { useFormat, useMessages } from "@/shared/i18n/language-context";

import { countsQuery } from "../api/counts";
import type { View } from "../review-search";

import { MarksChip } from "./marks-chip";
import classes from "./tools.module.css";

interface ViewChipsProps {
  albumId: string;
  view: View;
  onView: (view: View) => void;
  /** What stands before the chips. */
  children?: ReactNode;
}

/** Filters with their counts. Empty ones are not offered. */
export function ViewChips({ albumId, view, onView, children }: ViewChipsProps) {
  const t = useMessages("review");
  const format = useFormat();
  const { data: counts } = useQuery(countsQuery(albumId));
  const bar = useRef<HTMLDivElement>(null);
  // On a phone, not all have room. Only the bar is scrolled: the page may be at the place to which somebody came back.
  const isCounted = counts !== undefined;
  useEffect(() => {
    const chosen = bar.current?.querySelector('[aria-pressed="true"]')?.getBoundingClientRect();
    if (!bar.current || !chosen) return;
    const { left, width } = bar.current.getBoundingClientRect();
    bar.current.scrollLeft += chosen.left - left - (width - chosen.width) / 2;
  }, [view, isCounted]);
  const chips: readonly (readonly [View, string, number | undefined, boolean])[] = [
    ["all", t("viewAll"), undefined, true],
    ["undecided", t("viewUndecided"), counts?.undecided, true],
    ["unclear", t("viewUnclear"), counts?.undecided_no_clear_winner, true],
    ["people", t("viewPeople"), counts?.people, false],
    ["duplicates", t("viewDuplicates"), counts?.kinds.near_duplicate, false],
    ["manual", t("viewManual"), counts?.manual, false],
    ["singles", t("viewSingles"), counts?.singles, false],
    ["shelf", t("viewShelf"), counts?.shelved, false],
    ["left-out", t("viewLeftOut"), counts?.left_out, false],
    ["failed", t("viewFailed"), counts?.failed, false],
  ];
  return (
    <div ref={bar} className={classes.chips} role="group" aria-label={t("viewLabel")}>
      {children}
      {chips
        .filter(([name, , count, always]) => always || name === view || (count ?? 0) > 0)
        .map(([name, label, count]) => (
          <button
            key={name}
            type="button"
            className={classes.chip}
            aria-pressed={name === view}
            onClick={() => onView(name)}
          >
            {label}
            {count !== undefined && <span className={classes.count}>{format.number(count)}</span>}
          </button>
        ))}
      <MarksChip counts={counts} view={view} onView={onView} />
    </div>
  );
}
