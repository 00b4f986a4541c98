import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, cursorOf, unwrap } from "@/shared/api/client";
import type { Export, ExportOptions } from "@/shared/api/schema-types";

const REFRESH_WHILE_BUILDING = 1_500;

export function isBuilding(item: Pick<Export, "state">): boolean {
  return item.state === "queued" || item.state === "building";
}

/** The zips of an album, newest first; polled while one is being made. */
export function exportsQuery(albumId: string) {
  return infiniteQueryOptions({
    queryKey: ["albums", "exports", albumId],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET("/api/v1/albums/{album_id}/exports/", {
          params: { path: { album_id: albumId }, query: pageParam ? { cursor: pageParam } : {} },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: cursorOf,
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.results.some(isBuilding)) ? REFRESH_WHILE_BUILDING : false,
  });
}

export function useCreateExport(albumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (options: ExportOptions) =>
      unwrap(
        api.POST("/api/v1/albums/{album_id}/exports/", { params: { path: { album_id: albumId } }, body: options }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: exportsQuery(albumId).queryKey }),
  });
}

export function useDeleteExport(albumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (exportId: string) =>
      unwrap(api.DELETE("/api/v1/exports/{export_id}/", { params: { path: { export_id: exportId } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: exportsQuery(albumId).queryKey }),
  });
}
