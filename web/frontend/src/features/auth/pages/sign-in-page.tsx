import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";

import type { User } from "@/shared/api/session";
import { useMessages } from "@/shared/i18n/language-context";

import { AuthCard } from "../components/auth-card";
import { MomentPicture } from "../components/moment-picture";
import { SignInForm } from "../components/sign-in-form";

interface SignInPageProps {
  /** Where to go then, if not to the albums. */
  next: string | undefined;
  onSignedIn: (user: User) => void;
}

export function SignInPage({ next, onSignedIn }: SignInPageProps) {
  const t = useMessages("auth");
  return (
    <AuthCard
      title={t("signInTitle")}
      text={t("tagline")}
      picture={<MomentPicture />}
      footer={
        <>
          <Anchor component={Link} to="/account/password/reset">
            {t("forgot")}
          </Anchor>
          <Anchor renderRoot={(props) => <Link to="/account/signup" search={next ? { next } : {}} {...props} />}>
            {t("signUp")}
          </Anchor>
        </>
      }
    >
      <SignInForm onSignedIn={onSignedIn} />
    </AuthCard>
  );
}
