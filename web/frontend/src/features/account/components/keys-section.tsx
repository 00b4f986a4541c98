import { useMessages } from "@/shared/i18n/language-context";
import { KeyPresetChoice } from "@/shared/keyboard/key-preset-choice";
import { keyboardMessages } from "@/shared/keyboard/keyboard-messages";

import { Section } from "./section";

/** Where the keys of the review are looked for by those who did not find the dialog. */
export function KeysSection() {
  const t = useMessages(keyboardMessages);
  return (
    <Section title={t("title")} text={t("accountText")}>
      <KeyPresetChoice />
    </Section>
  );
}
