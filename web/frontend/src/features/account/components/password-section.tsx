import { Button, Group, PasswordInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { changePassword } from "@/shared/api/session";
import { NewPasswordInput } from "@/shared/components/new-password-input";
import { ProblemForm } from "@/shared/components/problem-form";
import { toastDone } from "@/shared/components/toast";
import { useMessages } from "@/shared/i18n/language-context";
import { useFieldText } from "@/shared/i18n/use-problem-text";

import { sessionsQuery } from "../api/sessions";
import { tokensQuery } from "../api/tokens";

import { useReauthentication } from "./reauthentication-context";
import { Section } from "./section";

export function PasswordSection() {
  const t = useMessages("account");
  const fieldText = useFieldText();
  const client = useQueryClient();
  const confirmed = useReauthentication();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    mutationFn: () => confirmed(() => changePassword(current, next)),
    onSuccess: () => {
      toastDone(t("passwordChanged"));
      setCurrent("");
      setNext("");
      void client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
      void client.invalidateQueries({ queryKey: tokensQuery.queryKey });
    },
  });
  return (
    <Section title={t("passwordTitle")} text={t("passwordText")}>
      <ProblemForm error={change.error} fields={["current_password", "new_password"]} onSubmit={() => change.mutate()}>
        <PasswordInput
          label={t("currentPassword")}
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          error={fieldText(change.error, "current_password")}
        />
        <NewPasswordInput value={next} onChange={setNext} error={fieldText(change.error, "new_password")} />
        <Group>
          <Button type="submit" variant="default" loading={change.isPending} disabled={!current || !next}>
            {t("changePassword")}
          </Button>
        </Group>
      </ProblemForm>
    </Section>
  );
}
