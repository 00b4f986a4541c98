import { PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useCallback, useState } from "react";

import { formProblem } from "@/shared/api/form-problem";
import { reauthenticate, ReauthenticationNeeded } from "@/shared/api/session";
import { ConfirmDialog } from "@/shared/components/confirm-dialog";
import { useMessages } from "@/shared/i18n/language-context";
import { useFieldText } from "@/shared/i18n/use-problem-text";

import { type Confirmed, ReauthenticationContext } from "./reauthentication-context";

interface Waiting {
  goOn: () => void;
  giveUp: () => void;
}

export function ReauthenticationProvider({ children }: { children: ReactNode }) {
  const t = useMessages("account");
  const fieldText = useFieldText();
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const [password, setPassword] = useState("");
  const confirm = useMutation({ mutationFn: reauthenticate });

  const confirmed = useCallback<Confirmed>(async (step) => {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof ReauthenticationNeeded)) throw error;
      await new Promise<void>((resolve, reject) => {
        setWaiting({ goOn: resolve, giveUp: () => reject(error) });
      });
      return step();
    }
  }, []);

  function close() {
    setWaiting(null);
    setPassword("");
    confirm.reset();
  }

  return (
    <ReauthenticationContext value={confirmed}>
      {children}
      <ConfirmDialog
        opened={waiting !== null}
        title={t("reauthTitle")}
        text={t("reauthText")}
        action={t("confirm")}
        busy={confirm.isPending}
        error={formProblem(confirm.error, ["password"])}
        onClose={() => {
          waiting?.giveUp();
          close();
        }}
        onConfirm={() =>
          confirm.mutate(password, {
            onSuccess: () => {
              waiting?.goOn();
              close();
            },
          })
        }
      >
        <PasswordInput
          label={t("currentPassword")}
          autoComplete="current-password"
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={fieldText(confirm.error, "password")}
        />
      </ConfirmDialog>
    </ReauthenticationContext>
  );
}
