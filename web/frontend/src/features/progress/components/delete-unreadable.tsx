import { Button } from "@mantine/core";
import { useState } from "react";

import { ConfirmDialog } from "@/shared/components/confirm-dialog";
import { toastDone } from "@/shared/components/toast";
import { useMessages } from "@/shared/i18n/language-context";
import { useDeletePhotos } from "@/shared/photos/delete-photo";

/** As many as the service deletes in one request. */
const MOST = 1000;

/** Deletes the files that will never be readable, after a question. */
export function DeleteUnreadable({ albumId, photoIds }: { albumId: string; photoIds: readonly string[] }) {
  const t = useMessages("progress");
  const common = useMessages("common");
  // Those that the question is about: others may fail while it is open.
  const [asked, setAsked] = useState<readonly string[]>([]);
  const [opened, setOpened] = useState(false);
  const removal = useDeletePhotos(albumId);
  return (
    <>
      <Button
        variant="default"
        onClick={() => {
          removal.reset();
          setAsked(photoIds.slice(0, MOST));
          setOpened(true);
        }}
      >
        {t("removeAll", { count: photoIds.length })}
      </Button>
      <ConfirmDialog
        opened={opened}
        title={t("removeAllTitle", { count: asked.length })}
        text={t("removeAllText")}
        action={common("delete")}
        danger
        busy={removal.isPending}
        error={removal.error}
        onClose={() => setOpened(false)}
        onConfirm={() => {
          removal.mutate([...asked], {
            onSuccess: ({ deleted }) => {
              toastDone(t("removedAll", { count: deleted }));
              setOpened(false);
            },
          });
        }}
      />
    </>
  );
}
