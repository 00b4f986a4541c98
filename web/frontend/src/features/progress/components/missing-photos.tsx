import { Button, Group, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { toastProblem } from "@/shared/components/toast";
import { useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

import { missingPhotosQuery, useDismissMissing } from "../api/missing-photos";

import classes from "./progress.module.css";

/** Photos whose upload was interrupted: choose them again, or dismiss them. */
export function MissingPhotos({ albumId, count }: { albumId: string; count: number }) {
  const t = useMessages("progress");
  const common = useMessages("common");
  const problemText = useProblemText();
  const missing = useQuery(missingPhotosQuery(albumId, count));
  const dismiss = useDismissMissing(albumId);
  const names = missing.data?.results.map((photo) => photo.name) ?? [];
  return (
    <section className={classes.failed}>
      <Title order={2} size="h4">
        {t("missingTitle", { count })}
      </Title>
      <Text c="dimmed" size="sm">
        {t("missingText")}
      </Text>
      <Group mt="sm" gap="xs">
        <Button variant="default" renderRoot={(props) => <Link to={`/albums/${albumId}/upload`} {...props} />}>
          {t("missingChoose")}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          loading={dismiss.isPending}
          onClick={() => dismiss.mutate(undefined, { onError: (error) => toastProblem(problemText(error)) })}
        >
          {t("missingDismiss")}
        </Button>
      </Group>
      {names.length > 0 && (
        <details>
          <summary className={classes.summary}>{t("missingNames")}</summary>
          <ul className={classes.names}>
            {names.map((name, place) => (
              <li key={`${name} ${place}`}>{name}</li>
            ))}
            {count > names.length && <li>{common("andMore", { count: count - names.length })}</li>}
          </ul>
        </details>
      )}
    </section>
  );
}
