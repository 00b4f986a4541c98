import { Button } from "@mantine/core";
import { useState } from "react";

import type { ShareGuest } from "@/shared/api/schema-types";
import { ConfirmDialog } from "@/shared/components/confirm-dialog";
import { useMessages } from "@/shared/i18n/language-context";

import { useRemoveGuest } from "../api/shares";

import classes from "./guest-choices.module.css";

interface RemoveGuestProps {
  albumId: string;
  shareId: string;
  guest: ShareGuest;
  onRemoved: () => void;
}

/** Removes a guest with what they chose, after a question. */
export function RemoveGuest({ albumId, shareId, guest, onRemoved }: RemoveGuestProps) {
  const t = useMessages("sharing");
  const [isAsking, setAsking] = useState(false);
  const removal = useRemoveGuest(albumId, shareId);
  return (
    <>
      <Button variant="default" className={classes.opener} onClick={() => setAsking(true)}>
        {t("removeGuest")}
      </Button>
      <ConfirmDialog
        opened={isAsking}
        title={t("removeGuestTitle", { name: guest.name || t("unnamed") })}
        text={t("removeGuestText")}
        action={t("removeGuest")}
        danger
        busy={removal.isPending}
        error={removal.error}
        onClose={() => setAsking(false)}
        onConfirm={() => removal.mutate(guest.id, { onSuccess: onRemoved })}
      />
    </>
  );
}
