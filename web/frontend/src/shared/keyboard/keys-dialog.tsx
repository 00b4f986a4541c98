import { Kbd, Modal, Title } from "@mantine/core";
import type { ReactNode } from "react";

import { commonMessages } from "../i18n/common-messages";
import { useMessages } from "../i18n/language-context";

import { COMMAND_NAMES, COMMANDS, isOnPage, type Page, type Section, SECTIONS } from "./commands";
import { isMac, keyNames } from "./key-names";
import { KeyPresetChoice } from "./key-preset-choice";
import { explanationOf, keyboardMessages } from "./keyboard-messages";
import classes from "./keys-dialog.module.css";
import { PRESETS } from "./presets";
import { useKeyPreset } from "./use-key-preset";

interface KeysDialogProps {
  page: Page;
  opened: boolean;
  onClose: () => void;
  /** What else there is to say, below the keys. */
  children?: ReactNode;
}

/** The keys that do something on this page. */
export function KeysDialog({ page, opened, onClose, children }: KeysDialogProps) {
  const t = useMessages(keyboardMessages);
  const common = useMessages(commonMessages);
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
  const t = useMessages(keyboardMessages);
  const [preset] = useKeyPreset();
  const keys = PRESETS[preset];
  const names = COMMAND_NAMES.filter(
    (name) => COMMANDS[name].section === section && isOnPage(name, page) && keys[name].length > 0,
  );
  if (names.length === 0) return null;
  return (
    <section className={classes.section}>
      <Title order={3} size="h5" mb={4}>
        {t(section)}
      </Title>
      <dl className={classes.keys}>
        {names.map((name) => (
          <div key={name} className={classes.row}>
            <dt>{t(explanationOf(name, page))}</dt>
            <dd>{keyNames(keys[name], t, isMac()).map((key) => (key === "…" ? "…" : <Kbd key={key}>{key}</Kbd>))}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
