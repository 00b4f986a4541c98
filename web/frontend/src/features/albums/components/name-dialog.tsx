import { Alert, Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useState } from "react";

import { formProblem } from "@/shared/api/form-problem";
import { useMessages } from "@/shared/i18n/language-context";
import { useFieldText, useProblemText } from "@/shared/i18n/use-problem-text";

interface NameDialogProps {
  opened: boolean;
  title: string;
  action: string;
  initial: string;
  busy: boolean;
  error: Error | null;
  onSubmit: (name: string) => void;
  onClose: () => void;
}

export function NameDialog(props: NameDialogProps) {
  const common = useMessages("common");
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <NameForm {...props} />
    </Modal>
  );
}

/** Mounted with the dialog, so that it always begins with the present name. */
function NameForm({ action, initial, busy, error, onSubmit, onClose }: NameDialogProps) {
  const t = useMessages("albums");
  const common = useMessages("common");
  const fieldText = useFieldText();
  const problemText = useProblemText();
  const [name, setName] = useState(initial);
  const general = formProblem(error, ["name"]);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(name.trim());
      }}
    >
      <Stack>
        {general && <Alert color="red">{problemText(general)}</Alert>}
        <TextInput
          label={t("name")}
          value={name}
          maxLength={200}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
          error={fieldText(error, "name")}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button type="submit" loading={busy} disabled={!name.trim()}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
