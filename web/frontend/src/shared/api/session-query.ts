import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { getSession, signOut, type User } from "./session";

/** Who is signed in; null when nobody. Routes wait for it, and pages below them may rely on it. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: getSession,
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});

export function useSession(): User | null {
  return useQuery(sessionQuery).data ?? null;
}

/** Sign out and forget everything that was read as this person. */
export function useSignOut(onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      client.clear();
      client.setQueryData(sessionQuery.queryKey, null);
      onDone();
    },
  });
}
