import { Badge, Button, Modal, Text, TextInput, Title } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy, IconPencil, IconQrcode, IconSend, IconTrash, IconX } from "@tabler/icons-react";
import { useRef, useState } from "react";

import type { Share } from "@/shared/api/schema-types";
import { ConfirmDialog } from "@/shared/components/confirm-dialog";
import { type DotsItem, DotsMenu } from "@/shared/components/dots-menu";
import { toastDone } from "@/shared/components/toast";
import { useMessages } from "@/shared/i18n/language-context";

import { useDeleteShare, useRevokeShare } from "../api/shares";
import { useLinkWords } from "../use-link-words";

import { EditDialog } from "./edit-dialog";
import { GuestChoices } from "./guest-choices";
import classes from "./link-card.module.css";

interface LinkCardProps {
  albumId: string;
  share: Share;
  /** It was made just now, so that it is to be sent. */
  isNew: boolean;
}

/** A link with what became of it, and everything that its owner can do with it. */
export function LinkCard({ albumId, share, isNew }: LinkCardProps) {
  const t = useMessages("sharing");
  const common = useMessages("common");
  const words = useLinkWords();
  const [open, setOpen] = useState<"edit" | "qr" | "revoke" | "delete" | null>(null);
  const revocation = useRevokeShare(albumId, share.id);
  const deletion = useDeleteShare(albumId, share.id);
  const close = () => setOpen(null);
  const title = share.name || words.role(share);
  const canChoose = share.role === "heart" || share.role === "choose";
  const items: DotsItem[] = share.is_open
    ? [
        { Icon: IconPencil, text: t("edit"), onClick: () => setOpen("edit") },
        { Icon: IconX, text: t("revoke"), isDanger: true, onClick: () => setOpen("revoke") },
      ]
    : [{ Icon: IconTrash, text: common("delete"), isDanger: true, onClick: () => setOpen("delete") }];
  return (
    <li className={classes.card} data-new={isNew}>
      <div className={classes.top}>
        <div className={classes.words}>
          <Title order={3} className={classes.title}>
            {title}
            {!share.is_open && (
              <Badge color="gray" variant="light" ml={10}>
                {share.revoked_at ? t("revoked") : t("ended")}
              </Badge>
            )}
          </Title>
          <Text size="sm" c="dimmed">
            {words.facts(share).join(" · ")}
          </Text>
        </div>
        <DotsMenu label={t("actions", { name: title })} width={220} items={items} />
      </div>
      {share.is_open && <Send share={share} isNew={isNew} title={title} onQr={() => setOpen("qr")} />}
      {canChoose && (share.guest_count ?? 0) > 0 && <GuestChoices albumId={albumId} share={share} title={title} />}
      <EditDialog albumId={albumId} share={share} opened={open === "edit"} onClose={close} />
      <Modal
        opened={open === "qr"}
        onClose={close}
        title={t("qrTitle")}
        closeButtonProps={{ "aria-label": common("close") }}
      >
        <img className={classes.qr} src={`/api/v1/shares/${share.id}/qr/`} alt={t("qrAlt")} />
      </Modal>
      <ConfirmDialog
        opened={open === "revoke"}
        title={t("revokeTitle")}
        text={canChoose ? t("revokeTextChosen") : t("revokeText")}
        action={t("revoke")}
        danger
        busy={revocation.isPending}
        error={revocation.error}
        onClose={close}
        onConfirm={() =>
          revocation.mutate(undefined, {
            onSuccess: () => {
              toastDone(t("saidRevoked"));
              close();
            },
          })
        }
      />
      <ConfirmDialog
        opened={open === "delete"}
        title={t("deleteTitle")}
        text={canChoose ? t("deleteTextChosen") : t("deleteText")}
        action={common("delete")}
        danger
        busy={deletion.isPending}
        error={deletion.error}
        onClose={close}
        onConfirm={() => deletion.mutate(undefined, { onSuccess: close })}
      />
    </li>
  );
}

interface SendProps {
  share: Share;
  isNew: boolean;
  title: string;
  onQr: () => void;
}

/** The address, and the ways in which it can go to somebody. */
function Send({ share, isNew, title, onQr }: SendProps) {
  const t = useMessages("sharing");
  const common = useMessages("common");
  const field = useRef<HTMLInputElement>(null);
  const clipboard = useClipboard({ timeout: 2_500 });
  const variant = isNew ? "filled" : "default";
  const canSend = typeof navigator.share === "function";
  const copy = () => {
    // Pages without https may not write to the clipboard. There the address is selected, to be copied by hand.
    field.current?.select();
    clipboard.copy(share.url);
  };
  return (
    <div className={classes.send}>
      <TextInput
        ref={field}
        className={classes.address}
        readOnly
        aria-label={t("addressOf", { name: title })}
        value={share.url}
        error={clipboard.error ? t("copyByHand") : undefined}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className={classes.buttons}>
        <Button
          variant={variant}
          leftSection={
            clipboard.copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} stroke={1.6} aria-hidden />
          }
          onClick={copy}
        >
          {clipboard.copied ? common("copied") : t("copy")}
        </Button>
        {canSend && (
          <Button
            variant="default"
            leftSection={<IconSend size={18} stroke={1.6} aria-hidden />}
            // Closing the sheet is no failure.
            onClick={() => void navigator.share({ url: share.url }).catch(() => undefined)}
          >
            {t("send")}
          </Button>
        )}
        <Button variant="default" leftSection={<IconQrcode size={18} stroke={1.6} aria-hidden />} onClick={onQr}>
          {t("qr")}
        </Button>
      </div>
    </div>
  );
}
