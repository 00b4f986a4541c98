import { useQuery } from "@tanstack/react-query";

import type { Album } from "@/shared/api/schema-types";
import { ConfirmDialog } from "@/shared/components/confirm-dialog";
import { toastDone } from "@/shared/components/toast";
import { useMessages } from "@/shared/i18n/language-context";
import { membersQuery, useRemoveMember } from "@/shared/members/members";

interface LeaveDialogProps {
  album: Album;
  opened: boolean;
  onClose: () => void;
  onLeft: (() => void) | undefined;
}

/** Asks before one leaves the album of somebody else. */
export function LeaveDialog({ album, opened, onClose, onLeft }: LeaveDialogProps) {
  const t = useMessages("members");
  const members = useQuery({ ...membersQuery(album.id), enabled: opened });
  const removal = useRemoveMember(album.id);
  const mine = members.data?.members.find((member) => member.is_you);
  return (
    <ConfirmDialog
      opened={opened}
      title={t("leaveTitle", { name: album.name })}
      text={t("leaveText")}
      action={t("leave")}
      danger
      busy={members.isFetching || removal.isPending}
      error={members.error ?? removal.error}
      onClose={onClose}
      onConfirm={() =>
        mine &&
        removal.mutate(mine.id, {
          onSuccess: () => {
            toastDone(t("left", { name: album.name }));
            onClose();
            onLeft?.();
          },
        })
      }
    />
  );
}
