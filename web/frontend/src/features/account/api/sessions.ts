import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, cursorOf, unwrap } from "@/shared/api/client";

export const sessionsQuery = infiniteQueryOptions({
  queryKey: ["sessions"],
  queryFn: ({ pageParam, signal }) =>
    unwrap(api.GET("/api/v1/sessions/", { params: { query: pageParam ? { cursor: pageParam } : {} }, signal })),
  initialPageParam: "",
  getNextPageParam: cursorOf,
  // Somebody may have signed in elsewhere, so refetch it whenever the page is opened.
  staleTime: 0,
  select: (data) => data.pages.flatMap((page) => page.results),
});

export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (sessionId: string) =>
      unwrap(api.DELETE("/api/v1/sessions/{session_id}/", { params: { path: { session_id: sessionId } } })),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
}
