import { Anchor } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { signUp, type User } from "@/shared/api/session";
import { useMessages } from "@/shared/i18n/language-context";

import { AuthCard } from "../components/auth-card";
import { CredentialsForm } from "../components/credentials-form";
import { MomentPicture } from "../components/moment-picture";

interface SignUpPageProps {
  /** Where to go then, if not to the albums. */
  next: string | undefined;
  onSignedIn: (user: User) => void;
}

export function SignUpPage({ next, onSignedIn }: SignUpPageProps) {
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
        <Anchor renderRoot={(props) => <Link to="/account/login" search={next ? { next } : {}} {...props} />}>
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
          <Anchor renderRoot={(props) => <Link to="/account/login" search={next ? { next } : {}} {...props} />}>
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
