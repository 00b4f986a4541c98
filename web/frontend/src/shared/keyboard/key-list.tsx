import { Kbd } from "@mantine/core";

import { useMessages } from "../i18n/language-context";

import type { CommandName, Page } from "./commands";
import { explanationOf } from "./explanation";
import classes from "./key-list.module.css";
import { isMac, keyNames } from "./key-names";
import { PRESETS } from "./presets";
import { useKeyPreset } from "./use-key-preset";

interface KeyListProps {
  names: readonly CommandName[];
  /** Where the commands are explained. */
  page: Page;
}

/** What commands do, with the keys that somebody has chosen for them. */
export function KeyList({ names, page }: KeyListProps) {
  const t = useMessages("keyboard");
  const [preset] = useKeyPreset();
  return (
    <dl className={classes.keys}>
      {names
        .filter((name) => PRESETS[preset][name].length > 0)
        .map((name) => (
          <div key={name} className={classes.row}>
            <dt>{t(explanationOf(name, page))}</dt>
            <dd>
              {keyNames(PRESETS[preset][name], t, isMac()).map((key) =>
                key === "…" ? "…" : <Kbd key={key}>{key}</Kbd>,
              )}
            </dd>
          </div>
        ))}
    </dl>
  );
}
