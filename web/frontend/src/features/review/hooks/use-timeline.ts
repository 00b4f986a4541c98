import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { clustersQuery } from "../api/clusters";
import { singlePhotosQuery } from "../api/single-photos";
import { filtersOf } from "../model/filters";
import { mergeByTime, singlesLast, type Stretch } from "../model/timeline";
import type { Order, View } from "../review-search";

export interface LoadedTimeline {
  readonly stretches: readonly Stretch[];
  /** Nothing is known yet. */
  readonly isPending: boolean;
  readonly isLoadingMore: boolean;
  readonly hasMore: boolean;
  readonly error: Error | null;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

/** The groups and single photos of a view, as far as they are loaded. */
export function useTimeline(albumId: string, view: View, order: Order): LoadedTimeline {
  const filters = filtersOf(view);
  const clusters = useInfiniteQuery(clustersQuery(albumId, filters.clusters, order));
  const singles = useInfiniteQuery(singlePhotosQuery(albumId, filters.singles));
  const clusterPages = filters.clusters ? clusters.data?.pages : undefined;
  const singlePages = filters.singles ? singles.data?.pages : undefined;
  const hasMoreClusters = filters.clusters !== null && (clusters.data === undefined || clusters.hasNextPage);
  const hasMoreSingles = filters.singles !== null && (singles.data === undefined || singles.hasNextPage);
  const timeline = useMemo(() => {
    const merge = order === "time" ? mergeByTime : singlesLast;
    return merge(
      { items: clusterPages?.flatMap((page) => page.results) ?? [], hasMore: hasMoreClusters },
      { items: singlePages?.flatMap((page) => page.results) ?? [], hasMore: hasMoreSingles },
    );
  }, [clusterPages, singlePages, hasMoreClusters, hasMoreSingles, order]);
  const needed = timeline.needs === "groups" ? clusters : timeline.needs === "singles" ? singles : null;
  return {
    stretches: timeline.stretches,
    isPending: (filters.clusters !== null && clusters.isPending) || (filters.singles !== null && singles.isPending),
    isLoadingMore: needed?.isFetching ?? false,
    hasMore: timeline.needs !== null,
    error: clusters.error ?? singles.error,
    loadMore: () => {
      if (needed && !needed.isFetching && !needed.error && needed.hasNextPage) void needed.fetchNextPage();
    },
    retry: () => {
      for (const query of [clusters, singles]) {
        if (query.isFetchNextPageError) void query.fetchNextPage();
        else if (query.error) void query.refetch();
      }
    },
  };
}
