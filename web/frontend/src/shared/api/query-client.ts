import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";

import { healthQuery } from "./health";
import { ConnectionLost, Problem } from "./problem";

const MAX_RETRIES = 3;

/** Retry only where that can help: not after an answer that would stay the same. */
function isWorthRetrying(failures: number, error: Error): boolean {
  if (failures >= MAX_RETRIES) return false;
  return error instanceof ConnectionLost || (error instanceof Problem && error.status >= 500);
}

/** Whether an error says that a part of the service is down, rather than that this request was wrong. */
function isTrouble(error: Error): boolean {
  return error instanceof ConnectionLost || (error instanceof Problem && error.status === 503);
}

export function createQueryClient(): QueryClient {
  // When any request fails, ask for the health at once, so that the page can say why.
  const lookInto = (error: Error, key?: readonly unknown[]) => {
    if (isTrouble(error) && key?.[0] !== healthQuery.queryKey[0]) {
      void client.invalidateQueries({ queryKey: healthQuery.queryKey });
    }
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: (error, query) => lookInto(error, query.queryKey) }),
    mutationCache: new MutationCache({ onError: (error) => lookInto(error) }),
    defaultOptions: {
      queries: { retry: isWorthRetrying, staleTime: 10_000, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
  });
  return client;
}
