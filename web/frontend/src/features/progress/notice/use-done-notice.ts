import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";

import { Problem } from "@/shared/api/problem";
import { useMessages } from "@/shared/i18n/language-context";

import { progressQuery } from "../api/progress";

import { forgetToTell } from "./asked-albums";

interface DoneNotice {
  albumId: string;
  /** The album's name, undefined until it is known. */
  name: string | undefined;
  /** This tab sends photos to the album. */
  isUploading: boolean;
  onOpen: () => void;
}

/** Show a notification once, when all photos of the album have come and are grouped. */
export function useDoneNotice({ albumId, name, isUploading, onOpen }: DoneNotice): void {
  const t = useMessages("progress-notice");
  const { data, error, dataUpdatedAt, refetch } = useQuery(progressQuery(albumId, isUploading));
  const endedAt = useRef(0);
  useEffect(() => {
    if (isUploading) return;
    // What was answered before the upload ended says nothing of its last photos.
    endedAt.current = Date.now();
    void refetch();
  }, [isUploading, refetch]);

  // The album was deleted, or somebody else has signed in.
  const isGone = error instanceof Problem && error.status === 404;
  useEffect(() => {
    if (isGone) forgetToTell(albumId);
  }, [isGone, albumId]);

  const tell = useEffectEvent((isGrouped: boolean) => {
    forgetToTell(albumId);
    if (Notification.permission !== "granted") return;
    const notice = new Notification(t("ready", { name: name ?? "" }), {
      body: t(isGrouped ? "readyText" : "failedText"),
      icon: "/static/app/icons/icon-192.png",
      tag: albumId,
    });
    notice.onclick = () => {
      window.focus();
      notice.close();
      onOpen();
    };
  });
  const isDone = data?.progress.done === true && !isUploading;
  const isGrouped = data?.progress.grouping !== "failed";
  useEffect(() => {
    if (isDone && name !== undefined && dataUpdatedAt > endedAt.current) tell(isGrouped);
  }, [isDone, isGrouped, name, dataUpdatedAt]);
}
