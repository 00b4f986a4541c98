import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, cursorOf, unwrap } from "@/shared/api/client";

export const tokensQuery = infiniteQueryOptions({
  queryKey: ["tokens"],
  queryFn: ({ pageParam, signal }) =>
    unwrap(api.GET("/api/v1/tokens/", { params: { query: pageParam ? { cursor: pageParam } : {} }, signal })),
  initialPageParam: "",
  getNextPageParam: cursorOf,
  select: (data) => data.pages.flatMap((page) => page.results),
});

export function useCreateToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (token: { name: string; expires_in_days: number | null }) =>
      unwrap(api.POST("/api/v1/tokens/", { body: token })),
    onSuccess: () => client.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
}

export function useRevokeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (tokenId: string) =>
      unwrap(api.DELETE("/api/v1/tokens/{token_id}/", { params: { path: { token_id: tokenId } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
}
