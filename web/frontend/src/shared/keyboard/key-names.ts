import type { Translate } from "../i18n/texts";

type KeyWords = Translate<"keyboard">;

const SIGNS: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
  "-": "−",
};

export function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}

/** A key of a preset as it is written on the keyboard: ⇧⌘Z on a Mac, Ctrl+Shift+Z elsewhere. */
export function keyName(key: string, t: KeyWords, onMac: boolean): string {
  const [, mod, shift, name = key] = /^(Mod\+)?(Shift\+)?(.+)$/.exec(key) ?? [];
  const written =
    name === "Space" ? t("space") : name === "Backspace" ? (onMac ? "⌫" : t("backspace")) : (SIGNS[name] ?? name);
  const sign = written.length === 1 ? written.toUpperCase() : written;
  if (onMac) return (shift ? "⇧" : "") + (mod ? "⌘" : "") + sign;
  return (mod ? "Ctrl+" : "") + (shift ? `${t("shift")}+` : "") + sign;
}

/** The keys of a command, with long series of digits shortened: 1 … 9. */
export function keyNames(keys: readonly string[], t: KeyWords, onMac: boolean): string[] {
  const names = keys.map((key) => keyName(key, t, onMac));
  const [first, last] = [names[0], names.at(-1)];
  const isSeries =
    keys.length > 3 && keys.every((key, place) => Number(key.at(-1)) - Number(keys[0]?.at(-1)) === place);
  return isSeries && first && last ? [first, "…", last] : names;
}
