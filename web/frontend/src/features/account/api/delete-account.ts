import { useMutation } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";

/** Deletes everything the person has. There is no way back. */
export function useDeleteAccount() {
  return useMutation({
    mutationFn: (password: string) => unwrap(api.DELETE("/api/v1/account/", { body: { password } })),
  });
}
