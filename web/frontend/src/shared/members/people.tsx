import { Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { ConfirmDialog } from "@/shared/components/confirm-dialog";
import { PageError } from "@/shared/components/page-error";
import { PageLoading } from "@/shared/components/page-loading";
import { toastDone } from "@/shared/components/toast";
import { useMessages } from "@/shared/i18n/language-context";

import { membersQuery, type SharedAlbum, useRemoveMember } from "./members";
import classes from "./people.module.css";

/** Who edits an album, and what they may do. Its owner can remove them. */
export function People({ album }: { album: SharedAlbum }) {
  const t = useMessages("members");
  const { data, error, refetch } = useQuery({ ...membersQuery(album.id), staleTime: 0 });
  const [removing, setRemoving] = useState<{ id: string; address: string } | null>(null);
  const removal = useRemoveMember(album.id);
  if (!data) return error ? <PageError error={error} onRetry={() => void refetch()} /> : <PageLoading />;
  const { owner, members } = data;
  const unconfirmed = (isConfirmed: boolean) => (isConfirmed ? "" : t("unconfirmed"));
  const note = album.is_own ? t(members.length > 0 ? "text" : "nobody") : t("textMember", { name: owner });
  return (
    <>
      <Text c="dimmed" size="sm" mb="sm">
        {note}
      </Text>
      <ul className={classes.list}>
        {!album.is_own && <Person address={owner} notes={[t("owner"), unconfirmed(data.owner_is_confirmed)]} />}
        {members.map(({ id, address, is_you: isYou, address_is_confirmed: isConfirmed }) => (
          <Person key={id} address={address} notes={[isYou ? t("you") : "", unconfirmed(isConfirmed)]}>
            {album.is_own && (
              <Button
                variant="subtle"
                aria-label={t("removeNamed", { name: address })}
                onClick={() => setRemoving({ id, address })}
              >
                {t("remove")}
              </Button>
            )}
          </Person>
        ))}
      </ul>
      <ConfirmDialog
        opened={removing !== null}
        title={t("removeTitle", { name: removing?.address ?? "" })}
        text={t("removeText")}
        action={t("remove")}
        danger
        busy={removal.isPending}
        error={removal.error}
        onClose={() => setRemoving(null)}
        onConfirm={() =>
          removing &&
          removal.mutate(removing.id, {
            onSuccess: () => {
              toastDone(t("removed", { name: removing.address }));
              setRemoving(null);
              void refetch();
            },
          })
        }
      />
    </>
  );
}

function Person({ address, notes, children }: { address: string; notes: string[]; children?: ReactNode }) {
  const note = notes.filter(Boolean).join(" · ");
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <Text>{address}</Text>
        {note && (
          <Text size="sm" c="dimmed">
            {note}
          </Text>
        )}
      </div>
      {children}
    </li>
  );
}
