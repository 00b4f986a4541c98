import { Button } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";

import type { SharedDetails } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";

import classes from "./choice-bar.module.css";

interface ChoiceBarProps {
  shared: SharedDetails;
  counted: string;
  /** Choices that have not reached the service. */
  unsent: number;
  onlyMine: boolean;
  isFinishing: boolean;
  onOnlyMine: (onlyMine: boolean) => void;
  onFinish: () => void;
}

/** How many are chosen, always in sight where the thumb is; and the end of it. */
export function ChoiceBar({ shared, counted, unsent, onlyMine, isFinishing, onOnlyMine, onFinish }: ChoiceBarProps) {
  const t = useMessages("guest");
  const { choice_count: count, finished_at: finishedAt } = shared.me;
  return (
    <section className={classes.bar} aria-label={t("yours")}>
      <div className={classes.words}>
        <strong className={classes.count}>{counted}</strong>
        <span className={classes.state} role="status">
          {unsent > 0 ? t("unsent", { count: unsent }) : finishedAt ? t("stillOpen") : count > 0 ? t("saved") : ""}
        </span>
      </div>
      {(count > 0 || onlyMine) && (
        <Button variant="default" radius="xl" aria-pressed={onlyMine} onClick={() => onOnlyMine(!onlyMine)}>
          {onlyMine ? t("all") : t("onlyMine")}
        </Button>
      )}
      {shared.role === "choose" &&
        (finishedAt ? (
          <span className={classes.done}>
            <IconCheck size={20} aria-hidden />
            {t("done")}
          </span>
        ) : (
          <Button radius="xl" disabled={count === 0 || unsent > 0} loading={isFinishing} onClick={onFinish}>
            {t("finish")}
          </Button>
        ))}
    </section>
  );
}
