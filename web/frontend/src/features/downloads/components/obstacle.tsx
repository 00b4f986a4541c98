import { Button, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { useFormat, useMessages } from "@/shared/i18n/language-context";

import { workQuery } from "../api/preview";

import classes from "./obstacle.module.css";

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

/** Why no zip can be made, and where to fix that. */
function Obstacle({ albumId, title, text, to, action }: ObstacleProps) {
  return (
    <section className={classes.obstacle} role="status">
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

export function StillWorking({ albumId }: { albumId: string }) {
  const t = useMessages("downloads");
  const format = useFormat();
  const { data } = useQuery(workQuery(albumId));
  // While the last groups are made, all photos are analyzed already, and yet the zip has to wait.
  const percent = format.percent(Math.min(0.99, data?.fraction ?? 0));
  return (
    <Obstacle
      albumId={albumId}
      title={t("stillWorking")}
      text={t("stillWorkingText", { percent })}
      to="progress"
      action={t("toProgress")}
    />
  );
}

/** No photo could be in a zip: none was uploaded, or all were rejected. */
export function NoPhotos({ albumId }: { albumId: string }) {
  const t = useMessages("downloads");
  const { data } = useQuery(workQuery(albumId));
  if (!data) return null;
  if (data.total === 0) {
    return <Obstacle albumId={albumId} title={t("empty")} text={t("emptyText")} to="upload" action={t("toUpload")} />;
  }
  if (data.analyzed === 0) {
    return (
      <Obstacle
        albumId={albumId}
        title={t("allFailed")}
        text={t("allFailedText")}
        to="progress"
        action={t("toProgress")}
      />
    );
  }
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
