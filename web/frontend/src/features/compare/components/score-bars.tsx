import { IconCheck } from "@tabler/icons-react";

import { useFormat, useMessages } from "@/shared/i18n/language-context";

import type { RelativeScore } from "../judging/relative-scores";

import classes from "./score-bars.module.css";

/** One small bar for each aspect: full for the best of the photos beside each other. */
export function ScoreBars({ scores }: { scores: readonly RelativeScore[] }) {
  const t = useMessages("compare");
  return (
    <dl className={classes.bars}>
      {scores.map((score) => (
        <Bar key={score.aspect} label={t(score.aspect)} value={score.value} best={score.best} />
      ))}
    </dl>
  );
}

export function Bar({ label, value, best = false }: { label: string; value: number | null; best?: boolean }) {
  const t = useMessages("compare");
  const format = useFormat();
  const text = value === null ? t("unknown") : best ? t("best") : t("scoreOf", { percent: format.percent(value) });
  return (
    <div className={classes.row} title={`${label}: ${text}`}>
      <dt>
        {label}
        {best && <IconCheck size={13} stroke={2.6} aria-hidden />}
      </dt>
      <dd>
        <span className="visually-hidden">{text}</span>
        <span className={classes.track} data-unknown={value === null} aria-hidden>
          {value !== null && <span className={classes.value} data-best={best} style={{ width: `${value * 100}%` }} />}
        </span>
      </dd>
    </div>
  );
}
