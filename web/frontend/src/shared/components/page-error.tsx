import { Button, Stack, Text, Title } from "@mantine/core";

import { ConnectionLost, Problem } from "@/shared/api/problem";
import { Logo } from "@/shared/components/logo";
import { defineMessages } from "@/shared/i18n/catalogue";
import { commonMessages } from "@/shared/i18n/common-messages";
import { useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

const messages = defineMessages({
  en: {
    unreachable: "No connection",
    notFound: "There is nothing here",
    notFoundText: "It may have been deleted, or the address is not quite right.",
    broken: "This page stopped working",
    brokenText: "Your photos are safe. Load the page again; if it keeps happening, tell the operator of this service.",
    toAlbums: "To your albums",
  },
  sv: {
    unreachable: "Ingen anslutning",
    notFound: "Här finns ingenting",
    notFoundText: "Det kan ha raderats, eller så är adressen inte riktigt rätt.",
    broken: "Sidan slutade fungera",
    brokenText: "Dina bilder är i säkerhet. Ladda om sidan; händer det igen, säg till den som driver tjänsten.",
    toAlbums: "Till dina album",
  },
});

/** A page in place of one that could not be shown: why, and what to do. */
export function PageError({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useMessages(messages);
  const common = useMessages(commonMessages);
  const problemText = useProblemText();
  const missing = error instanceof Problem && error.status === 404;
  const known = error instanceof Problem || error instanceof ConnectionLost;
  const title = missing ? t("notFound") : error instanceof ConnectionLost ? t("unreachable") : t("broken");
  const text = missing ? t("notFoundText") : known ? problemText(error) : t("brokenText");
  return (
    <Stack align="center" justify="center" gap="md" mih="60vh" p="xl" ta="center" role="alert">
      <Logo size={48} />
      <Title order={1} size="h2">
        {title}
      </Title>
      <Text c="dimmed" maw={460}>
        {text}
      </Text>
      {missing || !onRetry ? (
        <Button component="a" href="/albums">
          {t("toAlbums")}
        </Button>
      ) : (
        <Button onClick={onRetry}>{common("tryAgain")}</Button>
      )}
    </Stack>
  );
}
