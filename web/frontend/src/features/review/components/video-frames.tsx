import { Loader } from "@mantine/core";
import { IconPhotoSearch } from "@tabler/icons-react";

import type { Frames, TimelinePhoto } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";
import type { Translate } from "@/shared/i18n/texts";
import { useProblemText } from "@/shared/i18n/use-problem-text";
import { videoLength } from "@/shared/i18n/video-length";

import { isSearching, useFrames } from "../api/frames";
import { useReviewedAlbum, useThumbnail } from "../hooks/use-thumbnail";

import classes from "./video-frames.module.css";

/** Where less than this share of a video was searched, its middle was not read. */
const WHOLE = 0.9;
const NO_ROOM = ["quota_exceeded", "album_full"];
const UNREADABLE = ["object_missing", "corrupt", "truncated"];

interface VideoFramesProps {
  video: TimelinePhoto;
  /** What the strip below shows: it is not shown twice. */
  inStrip: readonly TimelinePhoto[];
}

/** Below a large video: takes its best frames as photos of the album, and says which it has. */
export function VideoFrames({ video, inStrip }: VideoFramesProps) {
  const t = useMessages("review-frames");
  const problemText = useProblemText();
  const { frames, ask } = useFrames(useReviewedAlbum(), video.id);
  const photos = frames?.photos ?? [];
  const elsewhere = photos.filter((photo) => inStrip.every(({ id }) => id !== photo.id));
  const isBusy = isSearching(frames);
  const said = ask.error ? problemText(ask.error) : frames && sentence(frames, t);
  const done = frames?.state === "done" ? frames : null;
  const isEmpty = done?.found === 0;
  const isPart = done?.seconds != null && video.seconds !== null && done.seconds < WHOLE * video.seconds;
  return (
    <div className={classes.bar}>
      <span role="status">
        {isBusy ? (
          <span className={classes.working}>
            <Loader size={16} color="gray.4" aria-hidden />
            {t("working")}
          </span>
        ) : (
          [said, isPart && t("part", { length: videoLength(done.seconds) })].filter(Boolean).join(" · ")
        )}
      </span>
      {elsewhere.length > 0 && (
        <ul className={classes.photos}>
          {elsewhere.map((photo) => (
            <li key={photo.id}>
              <FrameThumbnail id={photo.id} name={photo.name} />
            </li>
          ))}
        </ul>
      )}
      {frames && !isBusy && !isEmpty && photos.length === 0 && (
        <button type="button" className={classes.find} disabled={ask.isPending} onClick={() => ask.mutate()}>
          <IconPhotoSearch size={20} stroke={1.6} />
          {t(frames.state === "none" ? "find" : "again")}
        </button>
      )}
    </div>
  );
}

function sentence(frames: Frames, t: Translate<"review-frames">): string {
  if (frames.photos.length > 0) return t("found", { count: frames.photos.length });
  if (frames.state === "done") return frames.found === 0 ? t("none") : "";
  const code = frames.error?.code;
  if (code === undefined) return "";
  return t(NO_ROOM.includes(code) ? "noRoom" : UNREADABLE.includes(code) ? "unreadable" : "failed");
}

function FrameThumbnail({ id, name }: { id: string; name: string }) {
  const { thumbnail_url: url, placeholder } = useThumbnail(id);
  const source = url ?? (placeholder || null);
  return source ? <img src={source} alt={name} title={name} draggable={false} /> : <span title={name} />;
}
