import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { ConnectionLost, Problem } from "@/shared/api/problem";
import { PageLoading } from "@/shared/components/page-loading";
import { usePageTitle } from "@/shared/hooks/use-page-title";
import { useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

import { sharedQuery } from "../api/shared-album";
import { Message } from "../components/message";
import { PasswordForm } from "../components/password-form";

import { SharedPhotos } from "./shared-photos";

/** What somebody sees who opens a link, with or without an account. */
export function GuestPage({ token }: { token: string }) {
  const t = useMessages("guest");
  const common = useMessages("common");
  const problemText = useProblemText();
  const { data: shared, error, isPending, refetch } = useQuery(sharedQuery(token));
  usePageTitle(shared?.details?.album_name ?? "");
  if (isPending) return <PageLoading />;
  const isGone = error instanceof Problem && error.status === 404;
  if (isGone) return <Message title={t("goneTitle")} text={t("goneText")} />;
  // What is shown already stays while the service cannot be reached.
  if (shared?.details) return <SharedPhotos token={token} shared={shared.details} />;
  if (shared) return <PasswordForm token={token} />;
  return (
    <Message title={error instanceof ConnectionLost ? t("offlineTitle") : t("troubleTitle")} text={problemText(error)}>
      <Button onClick={() => void refetch()}>{common("tryAgain")}</Button>
    </Message>
  );
}
