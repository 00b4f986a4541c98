import { Button, Text } from "@mantine/core";
import { IconCheck, IconDownload } from "@tabler/icons-react";
import { useState } from "react";

import type { Photo } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";

import classes from "./one-by-one.module.css";

const AT_ONCE = 60;

/** Each photo as a link that saves its original: works in every browser. Folded, because the zip stands below. */
export function OneByOne({ photos }: { photos: readonly Photo[] }) {
  const t = useMessages("downloads-share");
  const common = useMessages("common");
  const [most, setMost] = useState(AT_ONCE);
  const [tapped, setTapped] = useState<ReadonlySet<string>>(new Set());
  return (
    <details>
      <summary className={classes.summary}>{t("oneByOne")}</summary>
      <Text c="dimmed" size="sm">
        {t("oneByOneText")}
      </Text>
      <ul className={classes.list}>
        {photos.slice(0, most).map((photo) => (
          <li key={photo.id}>
            <a
              className={classes.photo}
              href={photo.original_url ?? undefined}
              download={photo.name}
              aria-label={t(tapped.has(photo.id) ? "saveAgain" : "save", { name: photo.name })}
              onClick={() => setTapped((before) => new Set([...before, photo.id]))}
            >
              <img src={photo.thumbnail_url ?? undefined} alt="" loading="lazy" draggable={false} />
              <span className={classes.mark} data-tapped={tapped.has(photo.id)}>
                {tapped.has(photo.id) ? <IconCheck size={16} stroke={2.4} /> : <IconDownload size={16} stroke={1.8} />}
              </span>
            </a>
          </li>
        ))}
      </ul>
      {photos.length > most && (
        <Button variant="default" mt="sm" onClick={() => setMost(most + AT_ONCE)}>
          {common("showMore")}
        </Button>
      )}
    </details>
  );
}
