import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { PageError } from "@/shared/components/page-error";
import { PageLoading } from "@/shared/components/page-loading";
import { useFormat, useMessages } from "@/shared/i18n/language-context";

import { useChangeWords } from "./change-words";
import { latestChangesQuery } from "./members";
import classes from "./people.module.css";

/** What people did last in an album, and who. */
export function LatestChanges({ albumId }: { albumId: string }) {
  const t = useMessages("members");
  const format = useFormat();
  const words = useChangeWords();
  const { data: changes, error, refetch } = useQuery(latestChangesQuery(albumId));
  if (!changes) return error ? <PageError error={error} onRetry={() => void refetch()} /> : <PageLoading />;
  if (changes.length === 0) return <Text c="dimmed">{t("noChanges")}</Text>;
  return (
    <ul className={classes.list}>
      {changes.map((change) => (
        <li key={change.id} className={classes.row}>
          <div className={classes.words}>
            <Text td={change.undone ? "line-through" : undefined}>{words(change)}</Text>
            <Text size="sm" c="dimmed">
              {[format.dateTime(change.created_at), change.undone ? t("undone") : ""].filter(Boolean).join(" · ")}
            </Text>
          </div>
        </li>
      ))}
    </ul>
  );
}
