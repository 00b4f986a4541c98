import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { changeEmailAddress, listEmailAddresses, sendVerificationAgain } from "@/shared/api/session";

import { useReauthentication } from "../components/reauthentication-context";

export const emailsQuery = queryOptions({ queryKey: ["emails"], queryFn: listEmailAddresses });

export function useChangeEmail() {
  const client = useQueryClient();
  const confirmed = useReauthentication();
  return useMutation({
    mutationFn: (email: string) => confirmed(() => changeEmailAddress(email)),
    onSuccess: () => client.invalidateQueries({ queryKey: emailsQuery.queryKey }),
  });
}

export function useSendVerificationAgain() {
  return useMutation({ mutationFn: sendVerificationAgain });
}
