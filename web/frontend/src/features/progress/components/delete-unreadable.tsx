import { Button } from "@mantine/core";
import { useState } from "react";

import { ConfirmDialog } from "@/shared/components/confirm-dialog";
import { toastDone, toastProblem } from "@/shared/components/toast";
import { useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";
import { useDeletePhotos } from "@/shared/photos/delete-photo";

interface DeleteUnreadableProps {
  albumId: string;
  photoIds: readonly string[];
  /** Finds all of them, where there may be more than those. */
  findAll: (() => Promise<readonly string[]>) | null;
}

/** Deletes the files that will never be readable, after a question. */
export function DeleteUnreadable({ albumId, photoIds, findAll }: DeleteUnreadableProps) {
  const t = useMessages("progress");
  const common = useMessages("common");
  // Those that the question is about: others may fail while it is open.
  const [asked, setAsked] = useState<readonly string[]>([]);
  const [opened, setOpened] = useState(false);
  const [isFinding, setFinding] = useState(false);
  const problemText = useProblemText();
  const removal = useDeletePhotos(albumId);
  const ask = async () => {
    removal.reset();
    setFinding(true);
    try {
      setAsked(findAll ? await findAll() : photoIds);
      setOpened(true);
    } catch (error) {
      toastProblem(problemText(error));
    } finally {
      setFinding(false);
    }
  };
  return (
    <>
      <Button variant="default" loading={isFinding} onClick={() => void ask()}>
        {findAll ? t("removeEvery") : t("removeAll", { count: photoIds.length })}
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
            onSuccess: (deleted) => {
              toastDone(t("removedAll", { count: deleted }));
              setOpened(false);
            },
          });
        }}
      />
    </>
  );
}
