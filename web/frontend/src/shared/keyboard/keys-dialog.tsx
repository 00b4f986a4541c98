import { Modal, Title } from "@mantine/core";
import type { ReactNode } from "react";

import { useMessages } from "../i18n/language-context";

import { COMMAND_NAMES, COMMANDS, isOnPage, type Page, type Section, SECTIONS } from "./commands";
import { KeyList } from "./key-list";
import { KeyPresetChoice } from "./key-preset-choice";
import classes from "./keys-dialog.module.css";

interface KeysDialogProps {
  page: Page;
  opened: boolean;
  onClose: () => void;
  /** What else there is to say, below the keys. */
  children?: ReactNode;
}

/** The keys that do something on this page. */
export function KeysDialog({ page, opened, onClose, children }: KeysDialogProps) {
  const t = useMessages("keyboard");
  const common = useMessages("common");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("title")}
      size="xl"
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <KeyPresetChoice />
      <div className={classes.sections}>
        {SECTIONS.map((section) => (
          <KeysOfSection key={section} section={section} page={page} />
        ))}
      </div>
      {children}
    </Modal>
  );
}

function KeysOfSection({ section, page }: { section: Section; page: Page }) {
  const t = useMessages("keyboard");
  const names = COMMAND_NAMES.filter((name) => COMMANDS[name].section === section && isOnPage(name, page));
  if (names.length === 0) return null;
  return (
    <section className={classes.section}>
      <Title order={3} size="h5" mb={4}>
        {t(section)}
      </Title>
      <KeyList names={names} page={page} />
    </section>
  );
}
