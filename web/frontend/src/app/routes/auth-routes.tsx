import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";

import { RequestResetPage } from "@/features/auth/pages/request-reset-page";
import { ResetPasswordPage } from "@/features/auth/pages/reset-password-page";
import { SignInPage } from "@/features/auth/pages/sign-in-page";
import { SignUpPage } from "@/features/auth/pages/sign-up-page";
import { VerifyEmailPage } from "@/features/auth/pages/verify-email-page";
import type { User } from "@/shared/api/session";
import { sessionQuery } from "@/shared/api/session-query";

function useWelcome(next?: string) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return (user: User) => {
    client.setQueryData(sessionQuery.queryKey, user);
    // The pages of shared links are others.
    if (next?.startsWith("/s/")) location.replace(next);
    else void navigate({ href: next ?? "/albums", replace: true });
  };
}

export function SignInRoute() {
  const { next } = useSearch({ from: "/account/login" });
  return <SignInPage next={next} onSignedIn={useWelcome(next)} />;
}

export function SignUpRoute() {
  const { next } = useSearch({ from: "/account/signup" });
  return <SignUpPage next={next} onSignedIn={useWelcome(next)} />;
}

export function RequestResetRoute() {
  return <RequestResetPage />;
}

export function ResetPasswordRoute() {
  const { key } = useParams({ from: "/account/password/reset/$key" });
  const navigate = useNavigate();
  const welcome = useWelcome();
  return (
    <ResetPasswordPage
      resetKey={key}
      onDone={(user) => (user ? welcome(user) : void navigate({ to: "/account/login" }))}
    />
  );
}

export function VerifyEmailRoute() {
  const { key } = useParams({ from: "/account/verify-email/$key" });
  const client = useQueryClient();
  const navigate = useNavigate();
  return (
    <VerifyEmailPage
      verificationKey={key}
      onGoOn={() => {
        // Confirming may have signed the person in.
        client.removeQueries({ queryKey: sessionQuery.queryKey });
        void navigate({ to: "/albums" });
      }}
    />
  );
}
