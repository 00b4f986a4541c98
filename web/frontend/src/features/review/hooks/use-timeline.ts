import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { timelineOf } from "../api/timeline";
import { mergeByTime, singlesLast, type Stretch } from "../model/timeline";
import type { Order, View } from "../review-search";

export interface LoadedTimeline {
  readonly stretches: readonly Stretch[];
  /** Nothing is known yet. */
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** The groups and single photos of a view. */
export function useTimeline(albumId: string, view: View, order: Order): LoadedTimeline {
  const { data, isPending, isEnabled, error, refetch } = useQuery(timelineOf(albumId, { view, order }));
  const stretches = useMemo(() => {
    if (!data) return [];
    return order === "time" ? mergeByTime(data) : singlesLast(data);
  }, [data, order]);
  return { stretches, isPending: isPending && isEnabled, error, retry: () => void refetch() };
}
