import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { TimelinePhoto } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

import { videoUrlQuery } from "../api/video";
import { useReviewWords } from "../hooks/use-review-words";
import { useThumbnail } from "../hooks/use-thumbnail";

import classes from "./lightbox.module.css";

/**
 * A video as it was uploaded, played by requests for ranges. What the browser cannot play keeps its poster, with a
 * sentence and the download. So does one that the service does not give, with a second try.
 */
export function LargeVideo({ photo, label }: { photo: TimelinePhoto; label: string }) {
  const { t } = useReviewWords();
  const thumbnail = useThumbnail(photo.id);
  const { data: url, error, refetch } = useQuery(videoUrlQuery(photo.id));
  const problemText = useProblemText();
  const common = useMessages("common");
  const [isRefused, setRefused] = useState(false);
  const poster = thumbnail.preview_url ?? undefined;
  if (!isRefused && !error) {
    return (
      // eslint-disable-next-line jsx-a11y/media-has-caption -- People's own films have none.
      <video
        className={classes.video}
        controls
        playsInline
        preload="metadata"
        poster={poster}
        src={url ?? undefined}
        aria-label={label}
        onError={() => setRefused(true)}
        // Chrome plays the sound of a film whose pictures it cannot decode.
        onLoadedMetadata={(event) => event.currentTarget.videoWidth === 0 && setRefused(true)}
      />
    );
  }
  return (
    <div className={classes.picture}>
      {poster && <img src={poster} alt={label} draggable={false} />}
      <p className={classes.refused} role="status">
        <span>{error ? problemText(error) : t("cannotPlay")}</span>
        {error ? (
          <button type="button" className={classes.action} onClick={() => void refetch()}>
            {common("tryAgain")}
          </button>
        ) : (
          <a className={classes.action} href={url ?? undefined} download={photo.name}>
            <IconDownload size={20} stroke={1.6} />
            {t("downloadVideo")}
          </a>
        )}
      </p>
    </div>
  );
}
