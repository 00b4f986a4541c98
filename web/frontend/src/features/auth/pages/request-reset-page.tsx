import { Alert, Anchor, Button, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { formProblem } from "@/shared/api/form-problem";
import { requestPasswordReset } from "@/shared/api/session";
import { commonMessages } from "@/shared/i18n/common-messages";
import { useMessages } from "@/shared/i18n/language-context";
import { useFieldText, useProblemText } from "@/shared/i18n/use-problem-text";

import { authMessages } from "../auth-messages";
import { AuthCard } from "../components/auth-card";

export function RequestResetPage() {
  const t = useMessages(authMessages);
  const common = useMessages(commonMessages);
  const fieldText = useFieldText();
  const problemText = useProblemText();
  const [email, setEmail] = useState("");
  const request = useMutation({ mutationFn: requestPasswordReset });
  const back = (
    <Anchor component={Link} to="/account/login">
      {t("backToSignIn")}
    </Anchor>
  );
  if (request.isSuccess) {
    return (
      <AuthCard title={t("linkSentTitle")} text={t("linkSentText", { email: request.variables })} footer={back}>
        {null}
      </AuthCard>
    );
  }
  const general = formProblem(request.error, ["email"]);
  return (
    <AuthCard title={t("resetTitle")} text={t("resetText")} footer={back}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          request.mutate(email.trim());
        }}
      >
        <Stack>
          {general && (
            <Alert color="red" role="alert">
              {problemText(general)}
            </Alert>
          )}
          <TextInput
            label={common("email")}
            type="email"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            error={fieldText(request.error, "email")}
          />
          <Button type="submit" loading={request.isPending}>
            {t("sendLink")}
          </Button>
        </Stack>
      </form>
    </AuthCard>
  );
}
