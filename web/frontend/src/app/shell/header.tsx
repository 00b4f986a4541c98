import { Loader } from "@mantine/core";
import { Link } from "@tanstack/react-router";

import { useActiveUpload } from "@/features/upload/uploads-context";
import { Logo } from "@/shared/components/logo";
import { useFormat, useMessages } from "@/shared/i18n/language-context";

import { AccountMenu } from "./account-menu";
import classes from "./shell.module.css";

export function Header() {
  const common = useMessages("common");
  return (
    <header className={classes.header}>
      <div className={classes.bar}>
        <Link to="/albums" activeOptions={{ exact: true }} className={classes.home}>
          <Logo />
          {common("productName")}
        </Link>
        <UploadIndicator />
        <AccountMenu />
      </div>
    </header>
  );
}

/** Link to an upload that runs while other pages are shown. */
function UploadIndicator() {
  const active = useActiveUpload();
  const t = useMessages("shell");
  const format = useFormat();
  if (!active) return null;
  const percent = format.percent(active.fraction);
  return (
    <Link
      to="/albums/$albumId/upload"
      params={{ albumId: active.albumId }}
      className={classes.uploading}
      aria-label={t("uploading", { percent })}
    >
      <Loader size={14} aria-hidden />
      {percent}
    </Link>
  );
}
