import { Anchor, Button, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { Problem } from "@/shared/api/problem";
import { requestPasswordReset } from "@/shared/api/session";
import { ProblemForm } from "@/shared/components/problem-form";
import { useMessages } from "@/shared/i18n/language-context";
import { useFieldText } from "@/shared/i18n/use-problem-text";

import { AuthCard } from "../components/auth-card";

export function RequestResetPage() {
  const t = useMessages("auth");
  const common = useMessages("common");
  const fieldText = useFieldText();
  const [email, setEmail] = useState("");
  const request = useMutation({ mutationFn: requestPasswordReset });
  const isLimited = request.error instanceof Problem && request.error.code === "throttled";
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
  return (
    <AuthCard title={t("resetTitle")} text={t("resetText")} footer={back}>
      <ProblemForm error={request.error} fields={["email"]} onSubmit={() => request.mutate(email.trim())}>
        {isLimited && <Text size="sm">{t("linksMailed")}</Text>}
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
      </ProblemForm>
    </AuthCard>
  );
}
