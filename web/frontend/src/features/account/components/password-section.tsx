import { Alert, Button, Group, PasswordInput, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { formProblem } from "@/shared/api/form-problem";
import { changePassword } from "@/shared/api/session";
import { toastDone } from "@/shared/components/toast";
import { useMessages } from "@/shared/i18n/language-context";
import { useFieldText, useProblemText } from "@/shared/i18n/use-problem-text";

import { accountMessages } from "../account-messages";

import { useReauthentication } from "./reauthentication-context";
import { Section } from "./section";

export function PasswordSection() {
  const t = useMessages(accountMessages);
  const fieldText = useFieldText();
  const problemText = useProblemText();
  const confirmed = useReauthentication();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    mutationFn: () => confirmed(() => changePassword(current, next)),
    onSuccess: () => {
      toastDone(t("passwordChanged"));
      setCurrent("");
      setNext("");
    },
  });
  const error = formProblem(change.error, ["current_password", "new_password"]);
  return (
    <Section title={t("passwordTitle")}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <Stack>
          {error && <Alert color="red">{problemText(error)}</Alert>}
          <PasswordInput
            label={t("currentPassword")}
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            error={fieldText(change.error, "current_password")}
          />
          <PasswordInput
            label={t("newPassword")}
            description={t("passwordHint")}
            autoComplete="new-password"
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
            error={fieldText(change.error, "new_password")}
          />
          <Group>
            <Button type="submit" variant="default" loading={change.isPending} disabled={!current || !next}>
              {t("changePassword")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
