import { Button } from "@mantine/core";
import { IconCheck, IconSparkles, IconX } from "@tabler/icons-react";

import type { Photo } from "@/shared/api/schema-types";
import { companionKinds } from "@/shared/files/companions";
import { ChosenSign } from "@/shared/guest-choices/chosen-sign";
import { useMessages } from "@/shared/i18n/language-context";
import type { Mark } from "@/shared/marks/marks";
import type { ViewChange } from "@/shared/zoom/pan-zoom";

import type { Said } from "../judging/decisions";
import { innermost } from "../judging/innermost";
import type { RelativeScore } from "../judging/relative-scores";

import classes from "./compare-pane.module.css";
import { ExposureHistogram } from "./exposure-histogram";
import { PaneFaces } from "./pane-faces";
import { PaneMarks } from "./pane-marks";
import { ScoreBars } from "./score-bars";
import type { FaceZoom } from "./use-face-zoom";
import type { LinkedViews } from "./use-linked-views";
import { ZoomablePhoto } from "./zoomable-photo";

interface ComparePaneProps {
  photo: Photo;
  place: number;
  total: number;
  /** The photos beside it are from other folders. */
  namesFolder: boolean;
  active: boolean;
  views: LinkedViews;
  faces: FaceZoom;
  onView: (change: ViewChange) => void;
  onChosen: () => void;
  onSay: (said: Said) => void;
  onMark: (mark: Mark) => void;
  scores: readonly RelativeScore[] | null;
  showHistogram: boolean;
}

/** One photo with what is known of it and what to do with it. */
export function ComparePane(props: ComparePaneProps) {
  const { photo, place, total, active, views } = props;
  const t = useMessages("compare");
  return (
    <section
      className={classes.pane}
      aria-label={t("photoOf", { name: photo.name, place, total })}
      aria-current={active ? "true" : undefined}
      data-decision={photo.decision}
    >
      <ZoomablePhoto
        photo={photo}
        view={views.viewOf(photo.id)}
        frame={views.frameOf(photo.id)}
        onMeasured={(frame) => views.measured(photo.id, frame)}
        onChange={props.onView}
        onChosen={props.onChosen}
      />
      <div className={classes.footer}>
        <div className={classes.measured}>
          <PaneFaces photo={photo} faces={props.faces} />
          {props.scores && <ScoreBars scores={props.scores} />}
        </div>
        {props.showHistogram && <ExposureHistogram photo={photo} />}
        <div className={classes.line}>
          <span className={classes.name}>
            <kbd className={classes.place}>{place}</kbd>
            <span className={classes.fileName} title={[photo.folder, photo.name].filter(Boolean).join("/")}>
              {props.namesFolder && photo.folder && <span className={classes.folder}>{innermost(photo.folder)}/</span>}
              <span className={classes.file}>{photo.name}</span>
            </span>
            {photo.companions && (
              <span className={classes.companions}>
                {companionKinds(
                  photo.companions.map(({ name }) => name),
                  photo.name,
                  t("edited"),
                )}
              </span>
            )}
            {photo.picked && photo.decision === "auto" && (
              <span className={classes.picked} title={t("picked")}>
                <IconSparkles size={16} stroke={1.8} role="img" aria-label={t("picked")} />
              </span>
            )}
            <ChosenSign photoId={photo.id} />
          </span>
          <PaneMarks photo={photo} onMark={props.onMark} />
          <DecisionButtons photo={photo} onSay={props.onSay} />
        </div>
      </div>
    </section>
  );
}

/** As in the review, "Keep" is pressed while a person keeps the photo; a sign marks the automatic pick. */
function DecisionButtons({ photo, onSay }: { photo: Photo; onSay: (said: Said) => void }) {
  const t = useMessages("compare");
  const kept = photo.decision === "keep";
  const rejected = photo.decision === "reject";
  return (
    <div className={classes.decisions}>
      <Button
        size="compact-md"
        h={44}
        px="sm"
        variant={rejected ? "filled" : "default"}
        color="red.8"
        aria-pressed={rejected}
        aria-label={t("rejectNamed", { name: photo.name })}
        leftSection={<IconX size={18} aria-hidden />}
        onClick={() => onSay("reject")}
      >
        <span className={classes.word}>{rejected ? t("rejected") : t("reject")}</span>
      </Button>
      <Button
        size="compact-md"
        h={44}
        px="sm"
        variant={kept ? "filled" : "default"}
        aria-pressed={kept}
        aria-label={t("keepNamed", { name: photo.name })}
        leftSection={<IconCheck size={18} aria-hidden />}
        onClick={() => onSay("keep")}
      >
        <span className={classes.word}>{t("keep")}</span>
      </Button>
    </div>
  );
}
