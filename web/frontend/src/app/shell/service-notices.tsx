import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { type Health, healthQuery } from "@/shared/api/health";
import { useOnline } from "@/shared/hooks/use-online";
import { useMessages } from "@/shared/i18n/language-context";

import classes from "./shell.module.css";

type Notice = "offline" | "unreachable" | "database" | "broker" | "storage" | "workers" | "descriptor";

/** The most important notice about the service, or null when all is well. */
export function noticeOf(online: boolean, health: Health | undefined, failed: boolean): Notice | null {
  if (!online) return "offline";
  if (failed) return "unreachable";
  if (!health) return null;
  for (const part of ["database", "storage", "broker"] as const) {
    if (health[part] === "unavailable") return part;
  }
  if (health.workers === 0) return "workers";
  return health.embedding_model === "descriptor" && health.warning ? "descriptor" : null;
}

const HIDDEN_KEY = "hidden-notice";

export function ServiceNotices() {
  const t = useMessages("shell");
  const online = useOnline();
  const { data, isError } = useQuery(healthQuery);
  const [hidden, setHidden] = useState(() => localStorage.getItem(HIDDEN_KEY));
  const notice = noticeOf(online, data, isError);
  // Only a notice that nobody here can act on may be dismissed; that a service is down stays visible.
  const canHide = notice === "descriptor";
  if (!notice || (canHide && hidden === notice)) return <div role="status" />;
  return (
    <div role="status" className={classes.notices}>
      <div className={classes.notice}>
        <IconAlertTriangle className={classes.icon} size={20} stroke={1.6} aria-hidden />
        <span className={canHide ? classes.long : undefined}>{t(notice)}</span>
        {canHide && <span className={classes.short}>{t("descriptorShort")}</span>}
        {canHide && (
          <Button
            variant="subtle"
            color="gray"
            className={classes.hide}
            onClick={() => {
              localStorage.setItem(HIDDEN_KEY, notice);
              setHidden(notice);
            }}
          >
            {t("gotIt")}
          </Button>
        )}
      </div>
    </div>
  );
}
