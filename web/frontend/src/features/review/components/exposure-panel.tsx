import type { PhotoDetail } from "@/shared/api/schema-types";
import { useLanguage, useMessages } from "@/shared/i18n/language-context";

import { factsOf } from "../model/exposure-words";

import classes from "./large-picture.module.css";

/** What the file says of the shot. Lenses and names come from strangers' files, so each has a direction of its own. */
export function ExposurePanel({ photo }: { photo: PhotoDetail }) {
  const t = useMessages("review-large");
  const { language } = useLanguage();
  return (
    <dl className={classes.info} aria-label={t("info")}>
      {factsOf(photo, t, language).map(([about, text]) => (
        <div key={about}>
          <dt className="visually-hidden">{t(about)}</dt>
          <dd data-fact={about}>
            <bdi>{text}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
