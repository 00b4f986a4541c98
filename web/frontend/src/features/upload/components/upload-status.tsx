import { Button, Group, Progress, Text } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";

import { useFormat, useMessages } from "@/shared/i18n/language-context";
import { useTimeLeftText } from "@/shared/i18n/time-left";

import type { UploadQueue } from "../engine/upload-queue";
import type { Obstacle, UploadSnapshot } from "../engine/upload-snapshot";

import classes from "./upload.module.css";

const STATUS = {
  none: "statusRunning",
  paused: "statusPaused",
  offline: "statusOffline",
  "signed-out": "statusSignedOut",
  gone: "statusGone",
  storage: "statusStorage",
} as const satisfies Record<Obstacle, string>;

function statusOf({ isFinished, counts, obstacle }: UploadSnapshot) {
  if (!isFinished) return STATUS[obstacle];
  return counts.failed > 0 ? "statusDoneSome" : "statusDone";
}

/** The whole upload in one bar, with what stands in its way in words. */
export function UploadStatus({ queue, snapshot }: { queue: UploadQueue; snapshot: UploadSnapshot }) {
  const t = useMessages("upload");
  const format = useFormat();
  const { counts, isFinished, obstacle } = snapshot;
  const left = useTimeLeftText(snapshot.secondsLeft);
  const facts = [
    t("progressOf", { done: counts.done + counts.skipped, count: snapshot.total }),
    t("bytesOf", { done: format.bytes(snapshot.bytesDone), total: format.bytes(snapshot.bytesTotal) }),
  ];
  if (snapshot.speed && !isFinished) facts.push(t("perSecond", { speed: format.bytes(snapshot.speed) }));
  if (left !== null && !isFinished) facts.push(left);
  if (counts.skipped > 0) facts.push(t("skippedCount", { count: counts.skipped }));
  if (counts.failed > 0) facts.push(t("failedCount", { count: counts.failed }));
  const status = t(statusOf(snapshot));
  return (
    <section className={classes.status} aria-label={t("title")}>
      <Group justify="space-between" align="center" wrap="nowrap">
        <Text fw={600} size="lg" role="status">
          {status}
        </Text>
        {!isFinished && obstacle !== "gone" && obstacle !== "signed-out" && (
          <PauseButton isPaused={obstacle === "paused" || obstacle === "offline"} queue={queue} />
        )}
      </Group>
      <Progress
        value={snapshot.fraction * 100}
        size="lg"
        radius="xl"
        color={obstacle === "none" || isFinished ? "lagoon" : "gray"}
        transitionDuration={300}
        aria-label={status}
      />
      <Text size="sm" c="dimmed" className={classes.facts}>
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </Text>
      {counts.failed > 0 && (
        <Group>
          <Button variant="default" onClick={() => queue.retryFailed()}>
            {t("retryAll")}
          </Button>
        </Group>
      )}
    </section>
  );
}

function PauseButton({ isPaused, queue }: { isPaused: boolean; queue: UploadQueue }) {
  const t = useMessages("upload");
  const Icon = isPaused ? IconPlayerPlay : IconPlayerPause;
  return (
    <Button
      variant="default"
      flex="none"
      leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
      onClick={() => (isPaused ? queue.resume() : queue.pause())}
    >
      {t(isPaused ? "resume" : "pause")}
    </Button>
  );
}
