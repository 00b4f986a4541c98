import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";

export const learningQuery = queryOptions({
  queryKey: ["learning"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/v1/account/learning/", { signal })),
  // It changes with what is decided elsewhere: looked at anew whenever the page is opened.
  staleTime: 0,
});

export function useSwitchLearning() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (enabled: boolean) => unwrap(api.PATCH("/api/v1/account/learning/", { body: { enabled } })),
    onSuccess: (learning) => client.setQueryData(learningQuery.queryKey, learning),
  });
}

export function useResetLearning() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.DELETE("/api/v1/account/learning/")),
    onSuccess: () => client.invalidateQueries({ queryKey: learningQuery.queryKey }),
  });
}
