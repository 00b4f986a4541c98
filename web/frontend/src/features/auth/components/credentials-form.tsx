import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useState } from "react";

import { ProblemForm } from "@/shared/components/problem-form";
import { useMessages } from "@/shared/i18n/language-context";
import { useFieldText } from "@/shared/i18n/use-problem-text";

interface CredentialsFormProps {
  email?: string | undefined;
  action: string;
  /** Sign-up asks password managers for a new password. */
  isNew?: boolean;
  passwordHint?: string;
  busy: boolean;
  error: Error | null;
  onSubmit: (email: string, password: string) => void;
}

/** Address and password, each with its error beside it. */
export function CredentialsForm({ email: known = "", isNew = false, ...props }: CredentialsFormProps) {
  const t = useMessages("common");
  const fieldText = useFieldText();
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState("");
  return (
    <ProblemForm
      error={props.error}
      fields={["email", "password"]}
      onSubmit={() => props.onSubmit(email.trim(), password)}
    >
      <TextInput
        label={t("email")}
        type="email"
        name="email"
        autoComplete="username"
        inputMode="email"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={fieldText(props.error, "email")}
      />
      <PasswordInput
        label={t("password")}
        name="password"
        // In a dialog that knows who it is about, the cursor stands where there is something to type.
        data-autofocus={known !== "" || undefined}
        autoComplete={isNew ? "new-password" : "current-password"}
        description={props.passwordHint}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={fieldText(props.error, "password")}
      />
      <Button type="submit" loading={props.busy} fullWidth>
        {props.action}
      </Button>
    </ProblemForm>
  );
}
