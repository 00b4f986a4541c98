import { Modal } from "@mantine/core";

import type { Share } from "@/shared/api/schema-types";
import { toastDone } from "@/shared/components/toast";
import { useMessages } from "@/shared/i18n/language-context";

import { useChangeShare } from "../api/shares";

import { LinkForm } from "./link-form";

interface EditDialogProps {
  albumId: string;
  share: Share;
  opened: boolean;
  onClose: () => void;
}

/** Changes what a link shows and allows. Its role stays as it is. */
export function EditDialog({ albumId, share, opened, onClose }: EditDialogProps) {
  const t = useMessages("sharing");
  const common = useMessages("common");
  const change = useChangeShare(albumId, share.id);
  const { name, role, selection, min_stars, wanted_count, downloads, plays_videos, ends_at } = share;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("editTitle")}
      size="lg"
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <LinkForm
        initial={{ name, role, selection, min_stars, wanted_count, downloads, plays_videos, ends_at }}
        isNew={false}
        hasPassword={share.has_password}
        busy={change.isPending}
        error={change.error}
        onCancel={onClose}
        onSubmit={(input) =>
          change.mutate(input, {
            onSuccess: () => {
              toastDone(t("saidChanged"));
              onClose();
            },
          })
        }
      />
    </Modal>
  );
}
