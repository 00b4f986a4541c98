import { queryOptions } from "@tanstack/react-query";

import { ConnectionLost } from "./problem";

export interface Health {
  status: "ready" | "unready";
  database: "ok" | "unavailable";
  broker: "ok" | "unavailable";
  storage: "ok" | "unavailable";
  workers: number;
  embedding_model: string;
  warning: string;
}

async function getHealth({ signal }: { signal: AbortSignal }): Promise<Health> {
  try {
    const response = await fetch("/health/ready/", { signal });
    return (await response.json()) as Health;
  } catch (error) {
    throw new ConnectionLost(error);
  }
}

/** The health of the service, polled: more often while something is wrong. */
export const healthQuery = queryOptions({
  queryKey: ["health"],
  queryFn: getHealth,
  retry: false,
  staleTime: 30_000,
  refetchInterval: (query) => ((query.state.error ?? query.state.data?.status !== "ready") ? 10_000 : 120_000),
});
