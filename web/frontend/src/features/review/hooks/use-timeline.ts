import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import type { Timeline } from "@/shared/api/schema-types";

import { timelineOf } from "../api/timeline";
import { type Find, found } from "../model/find";
import { mergeByTime, singlesLast, type Stretch } from "../model/timeline";
import type { Order, View } from "../review-search";

export interface LoadedTimeline {
  readonly stretches: readonly Stretch[];
  /** All of the view, and what of it is looked for. */
  readonly all: Timeline;
  readonly shown: Timeline;
  /** Nothing is known yet. */
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
}

const NOTHING: Timeline = { groups: [], singles: [] };

/** The groups and single photos of a view, or those of them that somebody looks for. */
export function useTimeline(albumId: string, view: View, order: Order, { name, camera }: Find): LoadedTimeline {
  const { data: all = NOTHING, isPending, isEnabled, error, refetch } = useQuery(timelineOf(albumId, { view, order }));
  const shown = useMemo(() => found(all, { name, camera }), [all, name, camera]);
  const stretches = useMemo(() => (order === "time" ? mergeByTime(shown) : singlesLast(shown)), [shown, order]);
  return { stretches, all, shown, isPending: isPending && isEnabled, error, retry: () => void refetch() };
}
