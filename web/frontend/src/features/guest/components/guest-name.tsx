import { Button, Group, Modal, Text, TextInput } from "@mantine/core";
import { useState } from "react";

import { ProblemForm } from "@/shared/components/problem-form";
import { useMessages } from "@/shared/i18n/language-context";

import { useRename } from "../api/shared-album";

interface GuestNameProps {
  token: string;
  opened: boolean;
  initial: string;
  onClose: () => void;
}

/** Asks what the guest is called. Nobody has to say it. */
export function GuestName(props: GuestNameProps) {
  const t = useMessages("guest");
  const common = useMessages("common");
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={t("nameTitle")}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <NameForm {...props} />
    </Modal>
  );
}

function NameForm({ token, initial, onClose }: GuestNameProps) {
  const t = useMessages("guest");
  const [name, setName] = useState(initial);
  const { mutate, error, isPending } = useRename(token);
  return (
    <ProblemForm error={error} fields={[]} onSubmit={() => mutate(name.trim(), { onSuccess: onClose })}>
      <Text c="dimmed">{t("nameText")}</Text>
      <TextInput
        label={t("nameLabel")}
        value={name}
        maxLength={80}
        autoComplete="name"
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t("nameSkip")}
        </Button>
        <Button type="submit" loading={isPending} disabled={!name.trim()}>
          {t("nameSave")}
        </Button>
      </Group>
    </ProblemForm>
  );
}
