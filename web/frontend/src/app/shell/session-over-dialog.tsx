import { Modal, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";

import { SignInForm } from "@/features/auth/components/sign-in-form";
import { getSession, type User } from "@/shared/api/session";
import { onSessionOver, reportSessionBack } from "@/shared/api/session-over";
import { sessionQuery, useSession } from "@/shared/api/session-query";
import { useMessages } from "@/shared/i18n/language-context";

/**
 * A dialog over the page, so that the page stays as it is and uploads continue after the sign-in.
 */
export function SessionOverDialog() {
  const t = useMessages("shell");
  const client = useQueryClient();
  const user = useSession();
  const [opened, setOpened] = useState(false);
  useEffect(() => onSessionOver(() => setOpened(true)), []);

  function goOn(next: User) {
    // Somebody else's pages must not show what this person saw.
    if (user && next.id !== user.id) {
      location.assign("/albums");
      return;
    }
    client.setQueryData(sessionQuery.queryKey, next);
    setOpened(false);
    reportSessionBack();
    void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== "session" });
  }

  // Somebody who signed in in another tab meanwhile need not do it here again.
  const onFocus = useEffectEvent(() => {
    void getSession().then(
      (next) => next && goOn(next),
      () => undefined,
    );
  });
  useEffect(() => {
    if (!opened) return;
    const listener = () => onFocus();
    addEventListener("focus", listener);
    return () => removeEventListener("focus", listener);
  }, [opened]);

  return (
    <Modal opened={opened} onClose={() => undefined} withCloseButton={false} title={t("sessionOver")}>
      <Stack>
        <Text c="dimmed">{t("sessionOverText")}</Text>
        <SignInForm email={user?.email ?? ""} onSignedIn={goOn} />
      </Stack>
    </Modal>
  );
}
