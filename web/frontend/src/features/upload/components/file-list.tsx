import { Button, Text } from "@mantine/core";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useMemo, useRef, useState } from "react";

import { folderOf } from "@/shared/files/picked-file";
import { useFormat, useMessages } from "@/shared/i18n/language-context";

import type { ItemState } from "../engine/item-state";
import type { UploadItem } from "../engine/upload-item";
import type { UploadQueue } from "../engine/upload-queue";

import classes from "./upload.module.css";

const ROW_HEIGHT = 56;

/** What needs a look comes first, then what moves, then what waits, then what is over. */
const ORDER: Record<ItemState, number> = {
  failed: 0,
  sending: 1,
  sent: 1,
  waiting: 2,
  hashing: 2,
  ready: 3,
  hashed: 3,
  queued: 4,
  done: 5,
  skipped: 6,
};

const LABEL = {
  queued: "stateQueued",
  hashing: "stateHashing",
  hashed: "stateReady",
  ready: "stateReady",
  sending: "stateSending",
  sent: "stateSent",
  waiting: "stateWaiting",
  done: "stateDone",
  skipped: "stateSkipped",
  failed: "stateFailed",
} as const satisfies Record<ItemState, string>;

/** Every file, of thousands only those in sight. */
export function FileList({ queue, items }: { queue: UploadQueue; items: readonly UploadItem[] }) {
  const t = useMessages("upload");
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  const sorted = useMemo(() => [...items].sort((one, other) => ORDER[one.state] - ORDER[other.state]), [items]);

  // The list stands below things that come and go.
  useLayoutEffect(() => setTop((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY), [items.length]);

  const virtualizer = useWindowVirtualizer({
    count: sorted.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    scrollMargin: top,
    getItemKey: (index) => sorted[index]?.key ?? index,
  });

  return (
    <ul ref={list} className={classes.files} aria-label={t("files")} style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map(({ index, start }) => {
        const item = sorted[index];
        return (
          item && (
            <li
              key={item.key}
              className={classes.row}
              style={{ height: ROW_HEIGHT, transform: `translateY(${start - top}px)` }}
              aria-setsize={sorted.length}
              aria-posinset={index + 1}
            >
              {/* The queue changes its items in place: what is shown of them is passed by value. */}
              <FileRow
                name={item.picked.file.name}
                folder={folderOf(item.picked.path)}
                size={item.size}
                state={item.state}
                share={item.size ? item.sentBytes / item.size : 0}
                refusal={item.refusal}
                onRetry={() => queue.retryFailed([item.key])}
              />
            </li>
          )
        );
      })}
    </ul>
  );
}

interface FileRowProps {
  name: string;
  folder: string;
  size: number;
  state: ItemState;
  share: number;
  refusal: UploadItem["refusal"];
  onRetry: () => void;
}

function FileRow({ name, folder, size, state, share, refusal, onRetry }: FileRowProps) {
  const t = useMessages("upload");
  const format = useFormat();
  const reason = useReason(refusal);
  return (
    <>
      <div className={classes.name}>
        <Text size="sm" truncate title={[folder, name].filter(Boolean).join("/")}>
          {name}
        </Text>
        <Text size="xs" c={state === "failed" ? "red" : "dimmed"} truncate>
          {[reason ?? format.bytes(size), folder].filter(Boolean).join(" · ")}
        </Text>
      </div>
      {state === "sending" && (
        <div className={classes.bar} aria-hidden>
          <span style={{ transform: `scaleX(${share})` }} />
        </div>
      )}
      {state === "failed" ? (
        <Button variant="subtle" onClick={onRetry}>
          {t("retry")}
        </Button>
      ) : (
        <Text size="sm" c="dimmed" className={classes.state}>
          {t(LABEL[state])}
        </Text>
      )}
    </>
  );
}

function useReason(refusal: UploadItem["refusal"]): string | null {
  const t = useMessages("upload");
  const format = useFormat();
  if (!refusal) return null;
  switch (refusal.code) {
    case "empty_file":
      return t("reasonEmpty");
    case "unreadable":
      return t("reasonUnreadable");
    case "too_many_bytes":
      return t("reasonTooLarge");
    case "quota_exceeded":
      return t("reasonQuota");
    case "album_full":
      return t("reasonAlbumFull");
    case "storage":
      return t("reasonStorage");
    case "request_too_large":
      return t("reasonRequestTooLarge", { size: format.bytes(Number(refusal.message)) });
    case "not_accepted":
      return t("reasonNotAccepted", { message: refusal.message });
    default:
      return refusal.message;
  }
}
