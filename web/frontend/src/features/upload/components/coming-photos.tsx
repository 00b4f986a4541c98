import { useMemo } from "react";

import { useMessages } from "@/shared/i18n/language-context";

import { useUploadQueue, useUploadSnapshot } from "../uploads-context";
import { comingOf } from "../view/coming";

import classes from "./coming-photos.module.css";
import { DeviceThumbnail } from "./device-thumbnail";

const MANY = 30;
const ONE_ROW = 16;

interface ComingPhotosProps {
  albumId: string;
  /** The photos that the list shows. */
  shown: ReadonlySet<string>;
}

/** Photos that this tab sends, by what the device has of them, until they are in the groups. */
export function ComingPhotos({ albumId, shown }: ComingPhotosProps) {
  const t = useMessages("upload");
  const common = useMessages("common");
  const { items } = useUploadSnapshot(useUploadQueue(albumId));
  const coming = useMemo(() => comingOf(items, shown), [items, shown]);
  if (coming.length === 0) return null;
  const isAlone = shown.size === 0;
  const tiles = coming.slice(0, isAlone ? MANY : ONE_ROW);
  const rest = coming.length - tiles.length;
  return (
    <ul className={classes.tiles} data-alone={isAlone} aria-label={t("coming", { count: coming.length })}>
      {tiles.map(({ key, picked, state }) => (
        <DeviceThumbnail key={key} file={picked.file} isSending={state !== "done"} />
      ))}
      {rest > 0 && <li className={classes.rest}>{common("andMore", { count: rest })}</li>}
    </ul>
  );
}
