import { Text } from "@mantine/core";

import type { LeftOut, LeftOutKind } from "@/shared/files/picked-file";
import { useMessages } from "@/shared/i18n/language-context";

import { uploadMessages } from "../upload-messages";

import classes from "./upload.module.css";

const KINDS = ["film", "other"] as const satisfies readonly LeftOutKind[];
const SENTENCE = { film: "leftOutFilm", other: "leftOutOther" } as const;
const NAMES_SHOWN = 200;
// IMG_2 comes before IMG_10.
const IN_ORDER = new Intl.Collator(undefined, { numeric: true });

/** Which of the chosen files are not uploaded, and why. */
export function LeftOutFiles({ leftOut }: { leftOut: LeftOut }) {
  const t = useMessages(uploadMessages);
  const count = KINDS.reduce((sum, kind) => sum + leftOut[kind].length, 0);
  if (count === 0) return null;
  return (
    <section className={classes.leftOut} aria-live="polite">
      <Text fw={600}>{t("leftOutTitle", { count })}</Text>
      {KINDS.filter((kind) => leftOut[kind].length > 0).map((kind) => (
        <details key={kind}>
          <summary>{t(SENTENCE[kind], { count: leftOut[kind].length })}</summary>
          <ul>
            {[...leftOut[kind]]
              .sort(IN_ORDER.compare)
              .slice(0, NAMES_SHOWN)
              .map((path) => (
                <li key={path}>{path}</li>
              ))}
            {leftOut[kind].length > NAMES_SHOWN && (
              <li>{t("leftOutMore", { count: leftOut[kind].length - NAMES_SHOWN })}</li>
            )}
          </ul>
        </details>
      ))}
    </section>
  );
}
