import { Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import type { Album } from "@/shared/api/schema-types";
import { ConfirmDialog } from "@/shared/components/confirm-dialog";
import { toastDone } from "@/shared/components/toast";
import { useMessages } from "@/shared/i18n/language-context";

import { useDeletePhoto } from "./delete-photo";

export interface PhotoToDelete {
  readonly id: string;
  readonly name: string;
  /** The names of the files that go with it. */
  readonly companions?: readonly string[];
}

interface DeletePhotoDialogProps {
  albumId: string;
  /** The photo to ask about, or null. */
  photo: PhotoToDelete | null;
  onClose: () => void;
  onDeleted?: () => void;
}

/** Asks before a photo is deleted for good. */
export function DeletePhotoDialog({ albumId, photo, onClose, onDeleted }: DeletePhotoDialogProps) {
  const t = useMessages("delete-photo");
  const common = useMessages("common");
  const removal = useDeletePhoto();
  const album = useQueryClient().getQueryData<Album>(["albums", "one", albumId]);
  // While it fades out, it still asks about the same photo.
  const [last, setLast] = useState(photo);
  if (photo && photo !== last) {
    setLast(photo);
    removal.reset();
  }
  const names = last?.companions ?? [];
  return (
    <ConfirmDialog
      opened={photo !== null}
      title={t("title", { name: last?.name ?? "" })}
      text={t("text", { album: album?.name ?? "" })}
      action={common("delete")}
      danger
      busy={removal.isPending}
      error={removal.error}
      onClose={onClose}
      onConfirm={() => {
        if (!photo) return;
        removal.mutate(photo.id, {
          onSuccess: () => {
            toastDone(t("deleted", { name: photo.name }));
            onClose();
            onDeleted?.();
          },
        });
      }}
    >
      {names.length > 0 && <Text>{t("together", { count: names.length, names: names.join(", ") })}</Text>}
    </ConfirmDialog>
  );
}
