import type { Progress } from "@/shared/api/schema-types";
import { useFormat, useMessages } from "@/shared/i18n/language-context";

import classes from "./progress.module.css";

/** How many photos have passed each stage. */
export function stagesOf(progress: Progress) {
  const described = progress.analyzed;
  return [
    ["stageArrived", progress.total],
    ["stagePrepared", described + progress.embedding + progress.prepared],
    ["stageDescribed", described],
    ["stageGrouped", progress.grouping === "current" ? described : 0],
  ] as const;
}

export function Stages({ progress }: { progress: Progress }) {
  const t = useMessages("progress");
  const format = useFormat();
  return (
    <ol className={classes.stages}>
      {stagesOf(progress).map(([name, count]) => (
        <li key={name} className={classes.stage}>
          <span className={classes.count}>{format.number(count)}</span>
          <span className={classes.label}>{t(name)}</span>
        </li>
      ))}
    </ol>
  );
}
