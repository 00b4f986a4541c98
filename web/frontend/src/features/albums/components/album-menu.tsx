import { IconDoorExit, IconPencil, IconTrash, IconUsers } from "@tabler/icons-react";
import { useState } from "react";

import type { Album } from "@/shared/api/schema-types";
import { ConfirmDialog } from "@/shared/components/confirm-dialog";
import { type DotsItem, DotsMenu } from "@/shared/components/dots-menu";
import { toastDone } from "@/shared/components/toast";
import { useMessages } from "@/shared/i18n/language-context";
import { hasOthers } from "@/shared/members/members";

import { useDeleteAlbum, useRenameAlbum } from "../api/albums";

import { LeaveDialog } from "./leave-dialog";
import { NameDialog } from "./name-dialog";
import { PeopleDialog } from "./people-dialog";

/** What is seldom wanted of an album, wherever it is named. */
export function AlbumMenu({ album, onDeleted }: { album: Album; onDeleted?: () => void }) {
  const t = useMessages("albums");
  const common = useMessages("common");
  const members = useMessages("members");
  const [open, setOpen] = useState<"rename" | "people" | "leave" | "delete" | null>(null);
  const rename = useRenameAlbum(album.id);
  const removal = useDeleteAlbum(album.id);
  const close = () => setOpen(null);
  const items: DotsItem[] = [
    { Icon: IconPencil, text: t("rename"), onClick: () => setOpen("rename") },
    ...(hasOthers(album) ? [{ Icon: IconUsers, text: members("menu"), onClick: () => setOpen("people") }] : []),
    album.is_own
      ? { Icon: IconTrash, text: common("delete"), isDanger: true, onClick: () => setOpen("delete") }
      : { Icon: IconDoorExit, text: members("leave"), isDanger: true, onClick: () => setOpen("leave") },
  ];
  return (
    <>
      <DotsMenu label={t("actions", { name: album.name })} width={200} items={items} />
      <NameDialog
        opened={open === "rename"}
        title={t("renameTitle")}
        action={common("save")}
        initial={album.name}
        busy={rename.isPending}
        error={rename.error}
        onClose={close}
        onSubmit={(name) => rename.mutate(name, { onSuccess: close })}
      />
      <PeopleDialog album={album} opened={open === "people"} onClose={close} />
      <LeaveDialog album={album} opened={open === "leave"} onClose={close} onLeft={onDeleted} />
      <ConfirmDialog
        opened={open === "delete"}
        title={t("deleteTitle", { name: album.name })}
        text={[
          t("deleteText"),
          album.member_count > 0 ? t("deleteTextMembers", { count: album.member_count }) : "",
        ].join(" ")}
        action={common("delete")}
        danger
        busy={removal.isPending}
        error={removal.error}
        onClose={close}
        onConfirm={() =>
          removal.mutate(undefined, {
            onSuccess: () => {
              toastDone(t("deleted", { name: album.name }));
              close();
              onDeleted?.();
            },
          })
        }
      />
    </>
  );
}
