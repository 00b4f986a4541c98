import {
  infiniteQueryOptions,
  noop,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";

import { api, cursorOf, unwrap } from "@/shared/api/client";
import type { SharedAlbum, SharedMe } from "@/shared/api/schema-types";

/** The first page is there soon; the rest follows by itself. */
const PAGE_SIZE = 200;

export function sharedQuery(token: string) {
  return queryOptions({
    queryKey: ["shared", token],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/shared/{token}/", { params: { path: { token } }, signal })),
  });
}

export function photosQuery(token: string) {
  return infiniteQueryOptions({
    queryKey: ["shared", token, "photos"],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET("/api/v1/shared/{token}/photos/", {
          params: { path: { token }, query: { page_size: PAGE_SIZE, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: cursorOf,
    // An answer that was on its way must not undo what was chosen meanwhile.
    refetchOnWindowFocus: false,
    staleTime: Infinity,
  });
}

/** Asks for what the page shows first. Errors are left to the page. */
export async function firstAnswers(client: QueryClient, token: string): Promise<void> {
  const once = { retry: false };
  const shared = client.query({ ...sharedQuery(token), ...once });
  const photos = client.infiniteQuery({ ...photosQuery(token), ...once });
  await Promise.all([shared.catch(noop), photos.catch(noop)]);
}

export function setMe(client: QueryClient, token: string, change: (me: SharedMe) => SharedMe): void {
  client.setQueryData(sharedQuery(token).queryKey, (shared: SharedAlbum | undefined) =>
    shared?.details ? { ...shared, details: { ...shared.details, me: change(shared.details.me) } } : shared,
  );
}

export function useGivePassword(token: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (password: string) =>
      unwrap(api.POST("/api/v1/shared/{token}/password/", { params: { path: { token } }, body: { password } })),
    onSuccess: () => client.invalidateQueries({ queryKey: sharedQuery(token).queryKey }),
  });
}

export function useRename(token: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      unwrap(api.PATCH("/api/v1/shared/{token}/me/", { params: { path: { token } }, body: { name } })),
    onSuccess: ({ name }) => setMe(client, token, (me) => ({ ...me, name })),
  });
}

export function useFinish(token: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/shared/{token}/finish/", { params: { path: { token } } })),
    onSuccess: ({ finished_at }) => setMe(client, token, (me) => ({ ...me, finished_at })),
  });
}
