import { Alert, Button, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { useFormat, useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

import { contentsQuery } from "../api/contents";
import { useCreateExport } from "../api/exports";
import { downloadsMessages } from "../downloads-messages";

import classes from "./contents.module.css";

interface ContentsProps {
  albumId: string;
  /** One is being built, or is there already. */
  busy: boolean;
  another: boolean;
}

/** What a zip made now would hold, with the button to make it; or why there can be none, and what to do. */
export function Contents({ albumId, busy, another }: ContentsProps) {
  const t = useMessages(downloadsMessages);
  const format = useFormat();
  const problemText = useProblemText();
  const { data, error } = useQuery(contentsQuery(albumId));
  const create = useCreateExport(albumId);
  if (error && !data) return <Alert color="red">{problemText(error)}</Alert>;
  if (!data) return <Skeleton height={180} radius="lg" />;
  const { counts } = data;
  if (counts.photos === 0) {
    return <Obstacle albumId={albumId} title={t("empty")} text={t("emptyText")} to="upload" action={t("toUpload")} />;
  }
  if (!data.done) {
    const text = t("stillWorkingText", { percent: format.percent(data.fraction) });
    return <Obstacle albumId={albumId} title={t("stillWorking")} text={text} to="progress" action={t("toProgress")} />;
  }
  if (counts.picked === 0) {
    return (
      <Obstacle
        albumId={albumId}
        title={t("nothingPicked")}
        text={t("nothingPickedText")}
        to="review"
        action={t("toReview")}
      />
    );
  }
  const facts = [
    [t("groups"), counts.clusters],
    [t("singles"), counts.singles],
    [t("kept"), counts.kept],
    [t("rejected"), counts.rejected],
  ] as const;
  return (
    <section className={classes.card}>
      <Title order={2} size="h3">
        {t("picked", { count: counts.picked })}
      </Title>
      <Text c="dimmed">{t("outOf", { count: counts.photos })}</Text>
      <dl className={classes.facts}>
        {facts.map(([name, count]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{format.number(count)}</dd>
          </div>
        ))}
      </dl>
      {create.error && <Alert color="red">{problemText(create.error)}</Alert>}
      <Group gap="md">
        <Button
          loading={create.isPending}
          disabled={busy}
          variant={another ? "default" : "filled"}
          onClick={() => create.mutate()}
        >
          {another ? t("createAnother") : t("create")}
        </Button>
        <Text size="sm" c="dimmed" style={{ flex: "1 1 240px" }}>
          {t("originals")}
        </Text>
      </Group>
    </section>
  );
}

const PAGES = {
  upload: "/albums/$albumId/upload",
  progress: "/albums/$albumId/progress",
  review: "/albums/$albumId/review",
} as const;

interface ObstacleProps {
  albumId: string;
  title: string;
  text: string;
  to: keyof typeof PAGES;
  action: string;
}

function Obstacle({ albumId, title, text, to, action }: ObstacleProps) {
  return (
    <section className={classes.card} role="status">
      <Stack gap={4}>
        <Title order={2} size="h3">
          {title}
        </Title>
        <Text c="dimmed">{text}</Text>
      </Stack>
      <Button
        variant="default"
        w="fit-content"
        renderRoot={(props) => <Link to={PAGES[to]} params={{ albumId }} {...props} />}
      >
        {action}
      </Button>
    </section>
  );
}
