import { Alert, Badge, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { formProblem } from "@/shared/api/form-problem";
import { toastDone, toastProblem } from "@/shared/components/toast";
import { useMessages } from "@/shared/i18n/language-context";
import { useFieldText, useProblemText } from "@/shared/i18n/use-problem-text";

import { emailsQuery, useChangeEmail, useSendVerificationAgain } from "../api/emails";

import { Section } from "./section";
import classes from "./section.module.css";

export function EmailSection() {
  const t = useMessages("account");
  const problemText = useProblemText();
  const emails = useQuery(emailsQuery);
  const again = useSendVerificationAgain();
  return (
    <Section title={t("emailTitle")} text={t("emailText")}>
      {emails.data?.map(({ email, primary, verified }) => (
        <div key={email} className={classes.row}>
          <div className={classes.grow}>
            <Text>{email}</Text>
            {!primary && (
              <Text size="sm" c="dimmed">
                {t("waiting")}
              </Text>
            )}
          </div>
          <Badge variant="light" color={verified ? "lagoon" : "gray"} tt="none">
            {verified ? t("verified") : t("unverified")}
          </Badge>
          {!verified && (
            <Button
              variant="default"
              loading={again.isPending}
              onClick={() =>
                again.mutate(email, {
                  onSuccess: () => toastDone(t("sentAgain", { email })),
                  onError: (error) => toastProblem(problemText(error)),
                })
              }
            >
              {t("sendAgain")}
            </Button>
          )}
        </div>
      ))}
      {emails.error && <Alert color="red">{problemText(emails.error)}</Alert>}
      <ChangeEmailForm />
    </Section>
  );
}

function ChangeEmailForm() {
  const t = useMessages("account");
  const fieldText = useFieldText();
  const problemText = useProblemText();
  const [email, setEmail] = useState("");
  const change = useChangeEmail();
  const error = formProblem(change.error, ["email"]);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(email.trim(), {
          onSuccess: () => {
            toastDone(t("emailSent", { email: email.trim() }));
            setEmail("");
          },
        });
      }}
    >
      <Stack mt="md">
        {error && <Alert color="red">{problemText(error)}</Alert>}
        <Group align="end">
          <TextInput
            className={classes.grow}
            label={t("newEmail")}
            type="email"
            autoComplete="email"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            error={fieldText(change.error, "email")}
          />
          <Button type="submit" variant="default" loading={change.isPending} disabled={!email.trim()}>
            {t("changeEmail")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
