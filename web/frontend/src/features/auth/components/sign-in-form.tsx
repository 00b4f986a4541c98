import { Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";

import { signIn, type User } from "@/shared/api/session";
import { useMessages } from "@/shared/i18n/language-context";

import { CredentialsForm } from "./credentials-form";

/** Signs in. An address that must be confirmed first gets a hint instead of the form. */
export function SignInForm({ email, onSignedIn }: { email?: string; onSignedIn: (user: User) => void }) {
  const t = useMessages("auth");
  const attempt = useMutation({
    mutationFn: (given: { email: string; password: string }) => signIn(given.email, given.password),
    onSuccess: (result) => {
      if (result.kind === "signed-in") onSignedIn(result.user);
    },
  });
  if (attempt.isSuccess && attempt.data.kind === "verify-email") {
    return <Text role="status">{t("verifyText", { email: attempt.variables.email })}</Text>;
  }
  return (
    <CredentialsForm
      email={email}
      action={t("signIn")}
      busy={attempt.isPending}
      error={attempt.error}
      onSubmit={(address, password) => attempt.mutate({ email: address, password })}
    />
  );
}
