import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import type { TimelinePhoto } from "@/shared/api/schema-types";
import { VideoPlayer, VideoPoster } from "@/shared/components/video-player";
import { useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

import { videoUrlQuery } from "../api/video";
import { useReviewWords } from "../hooks/use-review-words";
import { useThumbnail } from "../hooks/use-thumbnail";

import classes from "./lightbox.module.css";

/** A video as it was uploaded. One that the service does not give keeps its poster, with a second try. */
export function LargeVideo({ photo, label }: { photo: TimelinePhoto; label: string }) {
  const { t } = useReviewWords();
  const { preview_url: poster } = useThumbnail(photo.id);
  const { data: url, error, refetch } = useQuery(videoUrlQuery(photo.id));
  const problemText = useProblemText();
  const common = useMessages("common");
  if (error) {
    return (
      <VideoPoster poster={poster} label={label}>
        <span>{problemText(error)}</span>
        <button type="button" className={classes.action} onClick={() => void refetch()}>
          {common("tryAgain")}
        </button>
      </VideoPoster>
    );
  }
  return (
    <VideoPlayer
      url={url}
      poster={poster}
      label={label}
      refused={
        <>
          <span>{t("cannotPlay")}</span>
          <a className={classes.action} href={url ?? undefined} download={photo.name}>
            <IconDownload size={20} stroke={1.6} />
            {t("downloadVideo")}
          </a>
        </>
      }
    />
  );
}
