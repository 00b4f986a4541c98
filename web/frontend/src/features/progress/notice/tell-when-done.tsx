import { Switch, Text } from "@mantine/core";
import { useState } from "react";

import { useMessages } from "@/shared/i18n/language-context";

import { askToTell, forgetToTell, useAskedAlbums } from "./asked-albums";

/** Browsers of phones have the interface, but show what a page sends only through a service worker. */
const PHONE = /Android|iPhone|iPad/;

/** Whether somebody may still be asked for the permission, or has given it. */
export function canNotify(): boolean {
  return "Notification" in window && Notification.permission !== "denied" && !PHONE.test(navigator.userAgent);
}

/** A switch that asks the browser for the permission when it is used, and never by itself. */
export function TellWhenDone({ albumId }: { albumId: string }) {
  const t = useMessages("progress-notice");
  const isAsked = useAskedAlbums().includes(albumId);
  const [isBlocked, setBlocked] = useState(false);
  if (isBlocked) {
    return (
      <Text size="sm" c="dimmed" role="status">
        {t("blocked")}
      </Text>
    );
  }
  if (!canNotify()) return null;
  const change = async (wanted: boolean) => {
    if (!wanted) {
      forgetToTell(albumId);
      return;
    }
    const permission = await Notification.requestPermission();
    if (permission === "granted") askToTell(albumId);
    else setBlocked(permission === "denied");
  };
  return (
    <Switch
      label={t("ask")}
      title={t("askText")}
      checked={isAsked}
      styles={{ body: { alignItems: "center", minHeight: 44 }, root: { width: "fit-content" } }}
      onChange={(event) => void change(event.currentTarget.checked)}
    />
  );
}
