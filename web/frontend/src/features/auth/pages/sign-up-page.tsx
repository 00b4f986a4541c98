import { Anchor } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { signUp, type User } from "@/shared/api/session";
import { useMessages } from "@/shared/i18n/language-context";

import { AuthCard } from "../components/auth-card";
import { CredentialsForm } from "../components/credentials-form";
import { MomentPicture } from "../components/moment-picture";

export function SignUpPage({ onSignedIn }: { onSignedIn: (user: User) => void }) {
  const t = useMessages("auth");
  const attempt = useMutation({
    mutationFn: (given: { email: string; password: string }) => signUp(given.email, given.password),
    onSuccess: (result) => {
      if (result.kind === "signed-in") onSignedIn(result.user);
    },
  });
  if (attempt.isSuccess && attempt.data.kind === "verify-email") {
    return (
      <AuthCard title={t("verifyTitle")} text={t("verifyText", { email: attempt.variables.email })}>
        <Anchor component={Link} to="/account/login">
          {t("backToSignIn")}
        </Anchor>
      </AuthCard>
    );
  }
  return (
    <AuthCard
      title={t("signUpTitle")}
      text={t("tagline")}
      picture={<MomentPicture />}
      footer={
        <>
          <span>{t("haveAccount")}</span>
          <Anchor component={Link} to="/account/login">
            {t("signIn")}
          </Anchor>
        </>
      }
    >
      <CredentialsForm
        isNew
        action={t("signUp")}
        passwordHint={t("passwordHint")}
        busy={attempt.isPending}
        error={attempt.error}
        onSubmit={(email, password) => attempt.mutate({ email, password })}
      />
    </AuthCard>
  );
}
