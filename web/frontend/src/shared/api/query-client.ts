import { QueryClient } from "@tanstack/react-query";

import { ConnectionLost, Problem } from "./problem";

const MAX_RETRIES = 3;

/** Ask again only where that can help: not after an answer that will stay the same. */
function isWorthRetrying(failures: number, error: Error): boolean {
  if (failures >= MAX_RETRIES) return false;
  return error instanceof ConnectionLost || (error instanceof Problem && error.status >= 500);
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: isWorthRetrying, staleTime: 10_000, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
