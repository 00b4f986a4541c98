import { type ReactNode, useState } from "react";

import classes from "./video-player.module.css";

interface VideoPlayerProps {
  url: string | null | undefined;
  poster: string | null;
  label: string;
  /** Says what to do with a video that this browser cannot play. */
  refused: ReactNode;
}

/** A video, played by requests for ranges. What the browser cannot play keeps its poster, with what to do instead. */
export function VideoPlayer({ url, poster, label, refused }: VideoPlayerProps) {
  const [isRefused, setRefused] = useState(false);
  if (isRefused) {
    return (
      <VideoPoster poster={poster} label={label}>
        {refused}
      </VideoPoster>
    );
  }
  return (
    // eslint-disable-next-line jsx-a11y/media-has-caption -- People's own films have none.
    <video
      className={classes.video}
      controls
      playsInline
      preload="metadata"
      poster={poster ?? undefined}
      src={url ?? undefined}
      aria-label={label}
      onError={() => setRefused(true)}
      // Chrome plays the sound of a film whose pictures it cannot decode.
      onLoadedMetadata={(event) => event.currentTarget.videoWidth === 0 && setRefused(true)}
    />
  );
}

/** The picture of a video that is not played, and what is said of it. */
export function VideoPoster({
  poster,
  label,
  children,
}: {
  poster: string | null;
  label: string;
  children: ReactNode;
}) {
  return (
    <div className={classes.picture}>
      {poster && <img src={poster} alt={label} draggable={false} />}
      <p className={classes.refused} role="status">
        {children}
      </p>
    </div>
  );
}
