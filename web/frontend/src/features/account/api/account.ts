import { queryOptions } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";

export const accountQuery = queryOptions({
  queryKey: ["account"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/v1/account/", { signal })),
  // Others may have left or come since.
  staleTime: 0,
});
