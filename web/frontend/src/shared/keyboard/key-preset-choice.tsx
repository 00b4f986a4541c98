import { NativeSelect } from "@mantine/core";

import { useMessages } from "../i18n/language-context";

import { PRESET_NAMES, type PresetName } from "./presets";
import { useKeyPreset } from "./use-key-preset";

/** The program whose keys somebody is used to. */
export function KeyPresetChoice() {
  const t = useMessages("keyboard");
  const [preset, setPreset] = useKeyPreset();
  return (
    <NativeSelect
      size="md"
      maw={280}
      label={t("preset")}
      description={t("presetText")}
      value={preset}
      onChange={(event) => setPreset(event.currentTarget.value as PresetName)}
      data={PRESET_NAMES.map((name) => ({ value: name, label: t(name) }))}
    />
  );
}
