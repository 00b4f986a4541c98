import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, unwrap } from "@/shared/api/client";

import { NO_LIMITS } from "./file-rules";
import { type Chosen, type Picked, sortOut } from "./picked-file";

/** The limits of this service. Nobody waits for them: if it does not answer, it says later what is too large. */
export const uploadLimitsQuery = queryOptions({
  queryKey: ["upload-limits"],
  queryFn: () => unwrap(api.GET("/api/v1/upload-limits/", {})),
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
});

/** Sorts what somebody chose, and hands on what the service takes with a list of the rest. */
export function useSortedFiles(onPicked: (picked: Picked) => void): {
  take: (chosen: Chosen) => void;
  /** The first bytes of thousands of files may take a moment. */
  isLooking: boolean;
} {
  const client = useQueryClient();
  const [looking, setLooking] = useState(0);

  async function sort(chosen: Chosen) {
    setLooking((count) => count + 1);
    try {
      const limits = await client.query({ ...uploadLimitsQuery, staleTime: "static" }).catch(() => NO_LIMITS);
      onPicked(await sortOut(chosen, limits));
    } finally {
      setLooking((count) => count - 1);
    }
  }
  return { take: (chosen) => void sort(chosen), isLooking: looking > 0 };
}
