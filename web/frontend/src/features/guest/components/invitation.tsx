import { Alert, Button, Group, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";
import { sessionQuery } from "@/shared/api/session-query";
import { useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

/** What a link that invites to edit the album says: sign in or up, and accept. */
export function Invitation({ token, owner }: { token: string; owner: string }) {
  const t = useMessages("guest-invitation");
  const problemText = useProblemText();
  const { data: user, isPending } = useQuery(sessionQuery);
  const accept = useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/shared/{token}/accept/", { params: { path: { token } } })),
    // The pages of those who have an account are others.
    onSuccess: ({ album }) => location.assign(`/albums/${album}/review`),
  });
  const back = `?next=${encodeURIComponent(`/s/${token}`)}`;
  return (
    <Alert mt="md" title={t("title", { name: owner })}>
      <Text size="sm" mb="md">
        {t(user ? "text" : "needsAccount", { name: owner })}
      </Text>
      {accept.error && (
        <Text c="var(--mantine-color-error)" mb="md" role="alert">
          {problemText(accept.error)}
        </Text>
      )}
      {user ? (
        <Group gap="sm">
          <Button loading={accept.isPending || accept.isSuccess} onClick={() => accept.mutate()}>
            {t("accept")}
          </Button>
          <Text size="sm">{t("as", { name: user.email })}</Text>
        </Group>
      ) : (
        !isPending && (
          <Group gap="sm">
            <Button component="a" href={`/account/login${back}`}>
              {t("signIn")}
            </Button>
            <Button component="a" variant="default" href={`/account/signup${back}`}>
              {t("signUp")}
            </Button>
          </Group>
        )
      )}
    </Alert>
  );
}
