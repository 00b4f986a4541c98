import { Anchor, Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { checkPasswordResetKey, resetPassword, type User } from "@/shared/api/session";
import { NewPasswordInput } from "@/shared/components/new-password-input";
import { PageLoading } from "@/shared/components/page-loading";
import { ProblemForm } from "@/shared/components/problem-form";
import { toastDone } from "@/shared/components/toast";
import { useMessages } from "@/shared/i18n/language-context";
import { useFieldText } from "@/shared/i18n/use-problem-text";

import { AuthCard } from "../components/auth-card";

interface ResetPasswordPageProps {
  /** From the link in the mail. */
  resetKey: string;
  /** With the person, whom the link signs in; null if they have to sign in themselves. */
  onDone: (user: User | null) => void;
}

export function ResetPasswordPage({ resetKey, onDone }: ResetPasswordPageProps) {
  const t = useMessages("auth");
  const fieldText = useFieldText();
  const [password, setPassword] = useState("");
  const key = useQuery({ queryKey: ["password-reset", resetKey], queryFn: () => checkPasswordResetKey(resetKey) });
  const change = useMutation({
    mutationFn: () => resetPassword(resetKey, password),
    onSuccess: (user) => {
      toastDone(t("passwordSet"));
      onDone(user);
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
  return (
    <AuthCard title={t("resetTitle")}>
      <ProblemForm error={change.error} fields={["password"]} onSubmit={() => change.mutate()}>
        <NewPasswordInput value={password} onChange={setPassword} error={fieldText(change.error, "password")} />
        <Button type="submit" loading={change.isPending}>
          {t("setPassword")}
        </Button>
      </ProblemForm>
    </AuthCard>
  );
}
