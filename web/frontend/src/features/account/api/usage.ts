import { queryOptions } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";

export const usageQuery = queryOptions({
  queryKey: ["usage"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/v1/account/usage/", { signal })),
  // It changes with every upload, so refetch it whenever the page is opened.
  staleTime: 0,
  select: (data) => data.quotas,
});
