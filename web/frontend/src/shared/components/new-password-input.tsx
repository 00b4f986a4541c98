import { PasswordInput } from "@mantine/core";

import { useMessages } from "@/shared/i18n/language-context";

interface NewPasswordInputProps {
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}

/** A new password; password managers suggest one. */
export function NewPasswordInput({ value, onChange, error }: NewPasswordInputProps) {
  const t = useMessages("new-password");
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
