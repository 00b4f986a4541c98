import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { AccountPage } from "@/features/account/pages/account-page";
import { sessionQuery } from "@/shared/api/session-query";

export function AccountRoute() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return (
    <AccountPage
      onDeleted={() => {
        client.clear();
        client.setQueryData(sessionQuery.queryKey, null);
        void navigate({ to: "/account/login" });
      }}
    />
  );
}
