import { Button, Stack, Text, Title } from "@mantine/core";

import { ConnectionLost, Problem } from "@/shared/api/problem";
import { Logo } from "@/shared/components/logo";
import { useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

interface PageErrorProps {
  error: unknown;
  /** Where more is known than the error says. */
  title?: string;
  text?: string;
  onRetry?: () => void;
}

/** A page in place of one that could not be shown: why, and what to do. */
export function PageError({ error, onRetry, ...words }: PageErrorProps) {
  const t = useMessages("page-error");
  const common = useMessages("common");
  const problemText = useProblemText();
  const missing = error instanceof Problem && error.status === 404;
  const known = error instanceof Problem || error instanceof ConnectionLost;
  const title = missing ? t("notFound") : error instanceof ConnectionLost ? t("unreachable") : t("broken");
  const text = missing ? t("notFoundText") : known ? problemText(error) : t("brokenText");
  return (
    <Stack align="center" justify="center" gap="md" mih="60vh" p="xl" ta="center" role="alert">
      <Logo size={48} />
      <Title order={1} size="h2">
        {words.title ?? title}
      </Title>
      <Text c="dimmed" maw={460}>
        {words.text ?? text}
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
