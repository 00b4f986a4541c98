import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, cursorOf, unwrap } from "@/shared/api/client";
import { askAgainIn } from "@/shared/api/polling";
import type { Export, ExportOptions } from "@/shared/api/schema-types";

const NEARLY_BUILT = 400;
const REFRESH_WHILE_BUILDING = 1_500;
const PER_PHOTO = 10;

export function isBuilding(item: Pick<Export, "state">): boolean {
  return item.state === "queued" || item.state === "building";
}

export type Print = Export & { kind: Exclude<Export["kind"], "zip"> };

/** The service of a previous version says no kind, and makes zips alone. */
export function isPrint(item: Export): item is Print {
  return item.kind === "book" || item.kind === "contact_sheet";
}

/** How long until the zips are asked for again: soon where few photos are left to write, never when all are ready. */
export function buildingInterval(
  items: readonly Pick<Export, "state" | "file_count" | "files_written">[],
): number | false {
  const left = items.filter(isBuilding).map((item) => item.file_count - item.files_written);
  return left.length > 0 && askAgainIn(Math.min(...left) * PER_PHOTO, NEARLY_BUILT, REFRESH_WHILE_BUILDING);
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
    refetchInterval: ({ state: { data } }) => buildingInterval(data?.pages.flatMap((page) => page.results) ?? []),
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
