import { PasswordInput } from "@mantine/core";

import { defineMessages } from "@/shared/i18n/catalogue";
import { useMessages } from "@/shared/i18n/language-context";

const messages = defineMessages({
  en: { label: "New password", hint: "At least 8 characters. A few words you can remember work best." },
  sv: { label: "Nytt lösenord", hint: "Minst 8 tecken. Några ord som du minns fungerar bäst." },
});

interface NewPasswordInputProps {
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}

/** A new password; password managers suggest one. */
export function NewPasswordInput({ value, onChange, error }: NewPasswordInputProps) {
  const t = useMessages(messages);
  return (
    <PasswordInput
      label={t("label")}
      description={t("hint")}
      autoComplete="new-password"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
    />
  );
}
