import { Anchor, Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

import { Problem } from "@/shared/api/problem";
import { verifyEmailAddress } from "@/shared/api/session";
import { PageError } from "@/shared/components/page-error";
import { PageLoading } from "@/shared/components/page-loading";
import { useMessages } from "@/shared/i18n/language-context";

import { AuthCard } from "../components/auth-card";

/** The target of the link in a confirmation mail. Opening it confirms the address. */
export function VerifyEmailPage({ verificationKey, onGoOn }: { verificationKey: string; onGoOn: () => void }) {
  const t = useMessages("auth");
  const { mutate, isSuccess, error } = useMutation({ mutationFn: verifyEmailAddress });
  const asked = useRef(false);
  useEffect(() => {
    // The key works once; React's strict mode runs effects twice.
    if (asked.current) return;
    asked.current = true;
    mutate(verificationKey);
  }, [mutate, verificationKey]);
  if (isSuccess) {
    return (
      <AuthCard title={t("verifyingDone")}>
        <Button onClick={onGoOn}>{t("goOn")}</Button>
      </AuthCard>
    );
  }
  if (error instanceof Problem && error.status < 500) {
    return (
      <AuthCard title={t("keyBad")} text={t("keyBadText")}>
        <Anchor component={Link} to="/account">
          {t("newLink")}
        </Anchor>
      </AuthCard>
    );
  }
  if (error) return <PageError error={error} onRetry={() => mutate(verificationKey)} />;
  return <PageLoading />;
}
