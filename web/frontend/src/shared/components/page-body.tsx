import type { ReactNode } from "react";

import classes from "./page-body.module.css";

/** The width and the margins of a page. */
export function PageBody({ narrow = false, children }: { narrow?: boolean; children: ReactNode }) {
  return <div className={`${classes.body ?? ""} ${narrow ? (classes.narrow ?? "") : ""}`}>{children}</div>;
}
