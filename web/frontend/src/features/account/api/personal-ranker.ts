import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";

export const personalRankerQuery = queryOptions({
  queryKey: ["personal-ranker"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/v1/account/personal-ranker/", { signal })),
  // It changes with decisions on other pages, so refetch it whenever the page is opened.
  staleTime: 0,
});

export function useSwitchPersonalRanker() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (enabled: boolean) => unwrap(api.PATCH("/api/v1/account/personal-ranker/", { body: { enabled } })),
    onSuccess: (ranker) => client.setQueryData(personalRankerQuery.queryKey, ranker),
  });
}

export function useResetPersonalRanker() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.DELETE("/api/v1/account/personal-ranker/")),
    onSuccess: () => client.invalidateQueries({ queryKey: personalRankerQuery.queryKey }),
  });
}
