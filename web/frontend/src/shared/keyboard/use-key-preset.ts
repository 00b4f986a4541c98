import { useLocalStorage } from "@mantine/hooks";

import { PRESET_NAMES, type PresetName } from "./presets";

/** The keys that somebody is used to, kept in this browser. */
export function useKeyPreset(): readonly [PresetName, (preset: PresetName) => void] {
  const [stored, setPreset] = useLocalStorage({
    key: "keys",
    defaultValue: "own",
    getInitialValueInEffect: false,
  });
  return [PRESET_NAMES.find((name) => name === stored) ?? "own", setPreset];
}
