import { Alert, Badge, Button, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";

import type { SignedInSession } from "@/shared/api/schema-types";
import { toastDone, toastProblem } from "@/shared/components/toast";
import { useFormat, useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

import { sessionsQuery, useEndSession } from "../api/sessions";
import { browserName } from "../model/browser-name";

import { Section } from "./section";
import classes from "./section.module.css";

/** The browsers that are signed in. Each but this one can be signed out. */
export function SessionsSection() {
  const t = useMessages("account");
  const common = useMessages("common");
  const problemText = useProblemText();
  const sessions = useInfiniteQuery(sessionsQuery);
  return (
    <Section title={t("sessionsTitle")} text={t("sessionsText")}>
      {sessions.error && <Alert color="red">{problemText(sessions.error)}</Alert>}
      {sessions.data?.map((session) => (
        <SessionRow key={session.id} session={session} />
      ))}
      {sessions.hasNextPage && (
        <Button variant="subtle" loading={sessions.isFetchingNextPage} onClick={() => void sessions.fetchNextPage()}>
          {common("showMore")}
        </Button>
      )}
    </Section>
  );
}

function useSessionName(): (userAgent: string) => string {
  const t = useMessages("account");
  return (userAgent) => {
    const { browser, system } = browserName(userAgent);
    if (browser && system) return t("sessionOn", { browser, system });
    return browser ?? system ?? (userAgent || t("sessionUnknown"));
  };
}

function SessionRow({ session }: { session: SignedInSession }) {
  const t = useMessages("account");
  const format = useFormat();
  const problemText = useProblemText();
  const end = useEndSession();
  const name = useSessionName()(session.browser);
  const facts = [
    t("sessionSince", { date: format.date(session.created_at) }),
    t("sessionUsed", { time: format.dateTime(session.last_used_at) }),
  ];
  return (
    <div className={classes.row}>
      <div className={classes.grow}>
        <Text title={session.browser} lineClamp={2}>
          {name}
        </Text>
        <Text size="sm" c="dimmed">
          {facts.join(" · ")}
        </Text>
      </div>
      {session.is_current ? (
        <Badge variant="light" color="lagoon" tt="none">
          {t("sessionCurrent")}
        </Badge>
      ) : (
        <Button
          variant="subtle"
          color="gray"
          aria-label={t("sessionEndNamed", { name })}
          loading={end.isPending}
          onClick={() =>
            end.mutate(session.id, {
              onSuccess: () => toastDone(t("sessionEnded", { name })),
              onError: (error) => toastProblem(problemText(error)),
            })
          }
        >
          {t("sessionEnd")}
        </Button>
      )}
    </div>
  );
}
