import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { useFormat, useMessages } from "@/shared/i18n/language-context";

import { endingOf, NO_LIMITS, REFUSAL_KINDS } from "./file-rules";
import classes from "./left-out-files.module.css";
import type { LeftOut } from "./picked-file";
import { uploadLimitsQuery } from "./use-sorted-files";

const NAMES_SHOWN = 200;
const ENDINGS_SHOWN = 4;
// IMG_2 comes before IMG_10.
const IN_ORDER = new Intl.Collator(undefined, { numeric: true });

/** Which of the chosen files are not uploaded, and why. What systems keep beside photos is one quiet line. */
export function LeftOutFiles({ leftOut }: { leftOut: LeftOut }) {
  const t = useMessages("files-left-out");
  const format = useFormat();
  const limits = useQuery(uploadLimitsQuery).data ?? NO_LIMITS;
  const kinds = REFUSAL_KINDS.filter((kind) => leftOut[kind].length > 0);
  const count = kinds.reduce((sum, kind) => sum + leftOut[kind].length, 0);
  const passedOver = leftOut.passedOver.length;
  return (
    <div aria-live="polite">
      {count > 0 && (
        <section className={classes.leftOut}>
          <Text fw={600}>{t("title", { count })}</Text>
          {kinds.map((kind) => (
            <details key={kind}>
              <summary>
                {t(kind, {
                  count: leftOut[kind].length,
                  endings: endingsOf(leftOut[kind]),
                  limit: format.bytes(kind === "largeVideo" ? limits.video_bytes : limits.photo_bytes),
                })}
              </summary>
              <Names paths={leftOut[kind]} />
            </details>
          ))}
        </section>
      )}
      {passedOver > 0 && (
        <Text size="sm" c="dimmed" my="sm">
          {t("passedOver", { count: passedOver })}
        </Text>
      )}
    </div>
  );
}

function Names({ paths }: { paths: readonly string[] }) {
  const common = useMessages("common");
  return (
    <ul>
      {[...paths]
        .sort(IN_ORDER.compare)
        .slice(0, NAMES_SHOWN)
        .map((path) => (
          <li key={path}>{path}</li>
        ))}
      {paths.length > NAMES_SHOWN && <li>{common("andMore", { count: paths.length - NAMES_SHOWN })}</li>}
    </ul>
  );
}

/** What people call these formats, the commonest first. */
function endingsOf(paths: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const ending = endingOf(path).toUpperCase();
    if (ending) counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([, one], [, other]) => other - one).map(([ending]) => ending);
  return sorted.slice(0, ENDINGS_SHOWN).join(", ") + (sorted.length > ENDINGS_SHOWN ? " …" : "");
}
