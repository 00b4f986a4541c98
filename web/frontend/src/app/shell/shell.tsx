import { Outlet, useMatches } from "@tanstack/react-router";

import { useMessages } from "@/shared/i18n/language-context";

import { DoneNotices } from "./done-notices";
import { Header } from "./header";
import { ServiceNotices } from "./service-notices";
import { SessionOverDialog } from "./session-over-dialog";
import classes from "./shell.module.css";

/** The frame around every page of a signed-in person. */
export function Shell() {
  const t = useMessages("shell");
  const fillsWindow = useMatches({ select: (matches) => matches.some((match) => match.staticData.fillsWindow) });
  return (
    <div className={fillsWindow ? classes.window : undefined}>
      <a className={classes.skip} href="#content">
        {t("skip")}
      </a>
      {!fillsWindow && <Header />}
      <ServiceNotices />
      <main id="content" tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
      <SessionOverDialog />
      <DoneNotices />
    </div>
  );
}
