import { Alert, Anchor, Button, PasswordInput, Stack } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { formProblem } from "@/shared/api/form-problem";
import { checkPasswordResetKey, resetPassword } from "@/shared/api/session";
import { PageLoading } from "@/shared/components/page-loading";
import { toastDone } from "@/shared/components/toast";
import { useMessages } from "@/shared/i18n/language-context";
import { useFieldText, useProblemText } from "@/shared/i18n/use-problem-text";

import { authMessages } from "../auth-messages";
import { AuthCard } from "../components/auth-card";

interface ResetPasswordPageProps {
  /** From the link in the mail. */
  resetKey: string;
  onDone: () => void;
}

export function ResetPasswordPage({ resetKey, onDone }: ResetPasswordPageProps) {
  const t = useMessages(authMessages);
  const fieldText = useFieldText();
  const problemText = useProblemText();
  const [password, setPassword] = useState("");
  const key = useQuery({ queryKey: ["password-reset", resetKey], queryFn: () => checkPasswordResetKey(resetKey) });
  const change = useMutation({
    mutationFn: () => resetPassword(resetKey, password),
    onSuccess: () => {
      toastDone(t("passwordSet"));
      onDone();
    },
  });
  if (key.isPending) return <PageLoading />;
  if (key.data === false) {
    return (
      <AuthCard title={t("keyBad")} text={t("keyBadText")}>
        <Anchor component={Link} to="/account/password/reset">
          {t("newLink")}
        </Anchor>
      </AuthCard>
    );
  }
  const general = formProblem(change.error, ["password"]);
  return (
    <AuthCard title={t("resetTitle")}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <Stack>
          {general && (
            <Alert color="red" role="alert">
              {problemText(general)}
            </Alert>
          )}
          <PasswordInput
            label={t("newPassword")}
            description={t("passwordHint")}
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={fieldText(change.error, "password")}
          />
          <Button type="submit" loading={change.isPending}>
            {t("setPassword")}
          </Button>
        </Stack>
      </form>
    </AuthCard>
  );
}
