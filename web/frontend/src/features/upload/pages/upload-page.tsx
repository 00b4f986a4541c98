import { Button, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";

import { toastDone } from "@/shared/components/toast";
import { DropAnywhere } from "@/shared/files/drop-anywhere";
import { LeftOutFiles } from "@/shared/files/left-out-files";
import { useFilePicker } from "@/shared/files/use-file-picker";
import { useSortedFiles } from "@/shared/files/use-sorted-files";
import { useWakeLock } from "@/shared/hooks/use-wake-lock";
import { useMessages } from "@/shared/i18n/language-context";

import { FileList } from "../components/file-list";
import { Intake } from "../components/intake";
import { Leftovers } from "../components/leftovers";
import { UploadStatus } from "../components/upload-status";
import classes from "../components/upload.module.css";
import { useLeftovers } from "../components/use-leftovers";
import { useUploadQueue, useUploadSnapshot } from "../uploads-context";

const COUNTED_EVERY = 25;

export function UploadPage({ albumId }: { albumId: string }) {
  const t = useMessages("upload");
  const queue = useUploadQueue(albumId);
  const snapshot = useUploadSnapshot(queue);
  const client = useQueryClient();
  const keys = useMemo(() => new Set(snapshot.items.map((item) => item.key)), [snapshot.items]);
  const leftovers = useLeftovers(queue, keys);
  const isRunning = snapshot.total > 0 && !snapshot.isFinished && snapshot.obstacle === "none";
  useWakeLock(isRunning);

  // The album's header and the other pages count photos too, and need not do so for each of thousands.
  const arrivals = Math.ceil(snapshot.counts.done / COUNTED_EVERY);
  useEffect(() => {
    if (arrivals > 0) void client.invalidateQueries({ queryKey: ["albums"] });
  }, [client, arrivals, snapshot.isFinished]);

  const { take, isLooking } = useSortedFiles((picked) => {
    const added = queue.take(picked);
    if (added === 0 && picked.files.length > 0) toastDone(t("nothingNew"));
  });
  const picker = useFilePicker(take);

  return (
    <>
      <DropAnywhere label={t("dropHere")} onChosen={take} />
      {leftovers && <Leftovers leftovers={leftovers} />}
      <Intake picker={picker} small={snapshot.total > 0} isLooking={isLooking} />
      {snapshot.total > 0 && (
        <>
          <UploadStatus queue={queue} snapshot={snapshot} />
          <div className={classes.next}>
            <Button
              variant={snapshot.isFinished ? "filled" : "default"}
              renderRoot={(props) => <Link to={`/albums/${albumId}/review`} {...props} />}
            >
              {t(snapshot.isFinished ? "review" : "reviewNow")}
            </Button>
            <Text size="sm" c="dimmed">
              {t(snapshot.isFinished ? "reviewText" : "keepOpen")}
            </Text>
          </div>
        </>
      )}
      <LeftOutFiles leftOut={snapshot.leftOut} />
      {snapshot.total > 0 && <FileList queue={queue} items={snapshot.items} />}
    </>
  );
}
