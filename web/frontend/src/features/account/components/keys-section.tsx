import { useMessages } from "@/shared/i18n/language-context";
import { KeyPresetChoice } from "@/shared/keyboard/key-preset-choice";

import { Section } from "./section";

/** Where the keys of the review are looked for by those who did not find the dialog. */
export function KeysSection() {
  const t = useMessages("keyboard");
  return (
    <Section title={t("title")} text={t("accountText")}>
      <KeyPresetChoice />
    </Section>
  );
}
