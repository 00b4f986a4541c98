import { Button, Progress, Text } from "@mantine/core";
import { IconShare2 } from "@tabler/icons-react";
import { useEffect, useRef, useSyncExternalStore } from "react";

import { useFormat, useMessages } from "@/shared/i18n/language-context";
import type { Translate } from "@/shared/i18n/texts";

import type { ShareRun, ShareState } from "./share-run";
import classes from "./share-section.module.css";

interface ShareStepsProps {
  run: ShareRun;
  onStop: () => void;
  onAgain: () => void;
}

/** Where the sharing is, and the one button that leads on. */
export function ShareSteps({ run, onStop, onAgain }: ShareStepsProps) {
  const t = useMessages("downloads-share");
  const common = useMessages("common");
  const format = useFormat();
  const state = useSyncExternalStore(run.subscribe, run.snapshot);
  const { phase, handed, skipped, next, fetched, total } = state;
  const main = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The button that had the focus may be gone.
    if (document.activeElement === document.body) main.current?.focus();
  }, [phase]);
  const first = handed + skipped + 1;
  const last = handed + skipped + next;
  const range = first === last ? format.number(first) : `${format.number(first)}–${format.number(last)}`;
  const canShare = phase === "ready" || phase === "cancelled" || phase === "refused";
  const hasFailed = phase === "offline" || phase === "notFetched";
  return (
    <div className={classes.steps}>
      <div role="status">
        {handed > 0 && phase !== "done" && <Text fw={600}>{t("handed", { handed, total })}</Text>}
        <Text size="sm">{wordsFor(state, t)}</Text>
      </div>
      {phase === "getting" && (
        <Progress value={(100 * fetched) / Math.max(1, next)} aria-label={t("getting", { fetched, next })} />
      )}
      <div className={classes.buttons}>
        {canShare && (
          <Button
            ref={main}
            size="md"
            leftSection={<IconShare2 size={20} stroke={1.6} />}
            onClick={() => void run.share()}
          >
            {t("ready", { count: next, range, total })}
          </Button>
        )}
        {hasFailed && (
          <Button ref={main} size="md" onClick={() => void run.get()}>
            {common("tryAgain")}
          </Button>
        )}
        {(phase === "refused" || phase === "notFetched") && (
          <Button variant="default" onClick={() => void run.skip()}>
            {t("skip", { count: phase === "refused" ? next : 1 })}
          </Button>
        )}
        {phase === "done" ? (
          <Button ref={main} variant="default" onClick={onAgain}>
            {t("again")}
          </Button>
        ) : (
          <Button
            variant="default"
            onClick={() => {
              run.stop();
              onStop();
            }}
          >
            {t("stop")}
          </Button>
        )}
      </div>
    </div>
  );
}

function wordsFor(state: ShareState, t: Translate<"downloads-share">): string {
  const { phase, fetched, next, name, handed, total, skipped } = state;
  if (phase === "getting") return t("getting", { fetched, next });
  if (phase === "notFetched") return t("notFetched", { name });
  if (phase === "ready") return t("readyText");
  if (phase === "done") return skipped > 0 ? t("doneSome", { handed, total, skipped }) : t("done", { count: handed });
  return t(phase);
}
