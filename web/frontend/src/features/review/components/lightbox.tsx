import { Modal } from "@mantine/core";
import {
  IconCheck,
  IconChevronLeft,
  IconChevronRight,
  IconClock,
  IconSquareNumber1,
  IconX,
  IconZoomIn,
  IconZoomOut,
} from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import type { TimelinePhoto } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";

import { thumbnailQuery } from "../api/thumbnails";
import { clockMessages } from "../clock-messages";
import { useReviewWords } from "../hooks/use-review-words";
import { useReviewedAlbum, useThumbnail } from "../hooks/use-thumbnail";
import { isVideo } from "../model/picks";
import { photosOf, type Row } from "../model/rows";
import { useReviewActions } from "../review-context";

import { LargePhoto } from "./large-photo";
import { LargeVideo } from "./large-video";
import classes from "./lightbox.module.css";

interface LightboxProps {
  row: Row | null;
  photo: TimelinePhoto | null;
  isZoomed: boolean;
  /** A dialog is over it, which Escape closes first. */
  isCovered: boolean;
  onZoom: (isZoomed: boolean) => void;
  onClose: () => void;
  onShow: (photoId: string) => void;
}

/** A shot as large as the window, with the others of its group below. */
export function Lightbox({ row, photo, isZoomed, isCovered, onZoom, onClose, onShow }: LightboxProps) {
  // While it fades out, what it showed last stays in it.
  const [last, setLast] = useState<{ row: Row; photo: TimelinePhoto } | null>(null);
  if (row && photo && (last?.row !== row || last.photo !== photo)) setLast({ row, photo });
  const { t } = useReviewWords();
  return (
    <Modal.Root
      opened={row !== null && photo !== null}
      onClose={onClose}
      closeOnEscape={!isCovered}
      fullScreen
      transitionProps={{ duration: 120 }}
    >
      <Modal.Content className={classes.content} aria-label={last?.photo.name ?? t("open")} data-lightbox>
        {last && <Inside {...last} isZoomed={isZoomed} onZoom={onZoom} onClose={onClose} onShow={onShow} />}
      </Modal.Content>
    </Modal.Root>
  );
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

type InsideProps = Omit<LightboxProps, "isCovered"> & { row: Row; photo: TimelinePhoto };

function Inside({ row, photo, isZoomed, onZoom, onClose, onShow }: InsideProps) {
  const { t, why, state } = useReviewWords();
  const thumbnail = useThumbnail(photo.id);
  const actions = useReviewActions();
  const clock = useMessages(clockMessages);
  const isGroup = row.kind === "group";
  // In the order of the numbers here: a strip that changes while one decides cannot be followed.
  const photos = row.kind === "group" ? row.group.photos : photosOf(row);
  const place = photos.findIndex(({ id }) => id === photo.id);
  const go = (step: number) => {
    const other = photos[place + step];
    if (other) onShow(other.id);
  };
  usePreviews(photos[place + 1], photos[place - 1]);
  const label = isGroup ? t("shot", { number: place + 1, count: photos.length, name: photo.name }) : photo.name;
  return (
    <div className={classes.page}>
      <div className={classes.top}>
        <div className={classes.caption}>
          <span className={classes.name}>
            {photos.length > 1 && <b>{t("ofCount", { number: place + 1, count: photos.length })}</b>} {photo.name}
          </span>
          <span className={classes.reason}>
            {[thumbnail.folder, capital(state(photo, false)), photo.shelf ? "" : why(thumbnail)]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </div>
        <button
          type="button"
          className={classes.icon}
          aria-label={clock("rightTime")}
          title={clock("rightTime")}
          onClick={() => actions.openClock(photo.id)}
        >
          <IconClock size={24} stroke={1.6} />
        </button>
        {!isVideo(photo) && (
          <button
            type="button"
            className={classes.icon}
            aria-label={t(isZoomed ? "zoomOut" : "zoomIn")}
            aria-pressed={isZoomed}
            onClick={() => onZoom(!isZoomed)}
          >
            {isZoomed ? <IconZoomOut size={24} stroke={1.6} /> : <IconZoomIn size={24} stroke={1.6} />}
          </button>
        )}
        <button type="button" className={classes.icon} aria-label={t("close")} onClick={onClose}>
          <IconX size={24} stroke={1.6} />
        </button>
      </div>
      <div className={classes.middle} data-shot={photo.id} tabIndex={-1} data-autofocus>
        {isVideo(photo) ? (
          <LargeVideo key={photo.id} photo={photo} label={label} />
        ) : (
          <LargePhoto
            key={photo.id}
            photo={photo}
            alt={label}
            isZoomed={isZoomed}
            onZoom={onZoom}
            onSwipe={(swipe) => {
              if (swipe === "down") onClose();
              else go(swipe === "next" ? 1 : -1);
            }}
          />
        )}
        {place > 0 && (
          <button type="button" className={classes.previous} aria-label={t("previous")} onClick={() => go(-1)}>
            <IconChevronLeft size={28} stroke={1.6} />
          </button>
        )}
        {place < photos.length - 1 && (
          <button type="button" className={classes.next} aria-label={t("next")} onClick={() => go(1)}>
            <IconChevronRight size={28} stroke={1.6} />
          </button>
        )}
      </div>
      {photos.length > 1 && (
        <div className={classes.strip}>
          {photos.map((other, index) => (
            <Thumbnail
              key={other.id}
              photo={other}
              isCurrent={other.id === photo.id}
              name={isGroup ? t("shot", { number: index + 1, count: photos.length, name: other.name }) : other.name}
              onShow={onShow}
            />
          ))}
        </div>
      )}
      <div className={classes.actions}>
        <button
          type="button"
          className={classes.action}
          aria-pressed={photo.decision === "reject"}
          onClick={() => actions.toggleReject(photo.id)}
        >
          <IconX size={20} />
          {t(photo.decision === "reject" ? "rejected" : "reject")}
        </button>
        {photos.length > 1 && isGroup && !isVideo(photo) && (
          <button type="button" className={classes.action} onClick={() => actions.makePick(photo.id)}>
            <IconSquareNumber1 size={20} stroke={1.6} />
            {t("onlyThis")}
          </button>
        )}
        <button
          type="button"
          className={classes.action}
          data-main
          aria-pressed={photo.picked}
          onClick={() => actions.toggleKeep(photo.id)}
        >
          <IconCheck size={20} />
          {t("keep")}
        </button>
      </div>
    </div>
  );
}

interface ThumbnailProps {
  photo: TimelinePhoto;
  name: string;
  isCurrent: boolean;
  onShow: (photoId: string) => void;
}

function Thumbnail({ photo, name, isCurrent, onShow }: ThumbnailProps) {
  const { state } = useReviewWords();
  const thumbnail = useThumbnail(photo.id);
  return (
    <button
      type="button"
      className={classes.thumbnail}
      data-decision={photo.decision}
      data-picked={photo.picked}
      aria-current={isCurrent}
      aria-label={[name, state(photo, false)].filter(Boolean).join(", ")}
      onClick={() => onShow(photo.id)}
    >
      {thumbnail.thumbnail_url && <img src={thumbnail.thumbnail_url} alt="" loading="lazy" draggable={false} />}
      {photo.picked && (
        <span className={classes.check}>
          <IconCheck size={12} stroke={3} />
        </span>
      )}
    </button>
  );
}

/** The next one is there when it is asked for. */
function usePreviews(...photos: readonly (TimelinePhoto | undefined)[]) {
  const albumId = useReviewedAlbum();
  const links = useQueries({
    queries: photos.flatMap((photo) => (photo ? [thumbnailQuery(albumId, photo.id)] : [])),
    combine: (results) => results.map(({ data }) => data?.preview_url ?? "").join(" "),
  });
  useEffect(() => {
    for (const link of links.split(" ")) if (link) new Image().src = link;
  }, [links]);
}
