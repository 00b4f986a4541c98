import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";
import type { PrintOptions } from "@/shared/api/schema-types";

import { exportsQuery } from "./exports";
import { KEPT_UP_TO_DATE } from "./preview";

/** The pages of a book or a contact sheet with these options. */
export function printPreviewQuery(albumId: string, options: PrintOptions) {
  return queryOptions({
    queryKey: ["albums", "print-preview", albumId, options],
    queryFn: ({ signal }) =>
      unwrap(
        api.POST("/api/v1/albums/{album_id}/prints/preview/", {
          params: { path: { album_id: albumId } },
          body: options,
          signal,
        }),
      ),
    ...KEPT_UP_TO_DATE,
  });
}

export function useCreatePrint(albumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (options: PrintOptions) =>
      unwrap(api.POST("/api/v1/albums/{album_id}/prints/", { params: { path: { album_id: albumId } }, body: options })),
    onSuccess: () => client.invalidateQueries({ queryKey: exportsQuery(albumId).queryKey }),
  });
}
