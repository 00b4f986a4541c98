import { Button, PasswordInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { Problem } from "@/shared/api/problem";
import { ConfirmDialog } from "@/shared/components/confirm-dialog";
import { useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

import { accountQuery } from "../api/account";
import { useDeleteAccount } from "../api/delete-account";

import { Section } from "./section";

export function DeleteSection({ onDeleted }: { onDeleted: () => void }) {
  const t = useMessages("account");
  const problemText = useProblemText();
  const [asking, setAsking] = useState(false);
  const [password, setPassword] = useState("");
  const removal = useDeleteAccount();
  const shared = useQuery(accountQuery).data?.shared_albums ?? 0;
  const lost = shared > 0 ? t("deleteShared", { count: shared }) : "";
  const isWrongPassword = removal.error instanceof Problem && removal.error.code === "wrong_password";
  return (
    <Section title={t("deleteTitle")} text={[t("deleteText"), lost].join(" ")}>
      <Button variant="default" c="var(--mantine-color-error)" onClick={() => setAsking(true)}>
        {t("deleteAction")}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t("deleteConfirm")}
        text={[lost, t("deleteConfirmText")].join(" ").trim()}
        action={t("deleteAction")}
        danger
        busy={removal.isPending}
        error={isWrongPassword ? null : removal.error}
        onClose={() => {
          setAsking(false);
          setPassword("");
          removal.reset();
        }}
        onConfirm={() => removal.mutate(password, { onSuccess: onDeleted })}
      >
        <PasswordInput
          label={t("currentPassword")}
          autoComplete="current-password"
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={isWrongPassword ? problemText(removal.error) : undefined}
        />
      </ConfirmDialog>
    </Section>
  );
}
