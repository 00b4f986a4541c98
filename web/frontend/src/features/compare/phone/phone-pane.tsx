import { useState } from "react";

import type { Photo } from "@/shared/api/schema-types";
import { ChosenSign } from "@/shared/guest-choices/chosen-sign";
import { useMessages } from "@/shared/i18n/language-context";
import { type ViewChange, WHOLE } from "@/shared/zoom/pan-zoom";

import { DecisionSign } from "../components/decision-sign";
import { ExposureHistogram } from "../components/exposure-histogram";
import { PaneFaces } from "../components/pane-faces";
import { ScoreBars } from "../components/score-bars";
import type { FaceZoom } from "../components/use-face-zoom";
import type { LinkedViews } from "../components/use-linked-views";
import { ZoomablePhoto } from "../components/zoomable-photo";
import { innermost } from "../judging/innermost";
import type { RelativeScore } from "../judging/relative-scores";

import classes from "./phone-pane.module.css";

interface PhonePaneProps {
  photo: Photo;
  place: number;
  total: number;
  active: boolean;
  views: LinkedViews;
  faces: FaceZoom;
  scores: readonly RelativeScore[] | null;
  showHistogram: boolean;
  onView: (change: ViewChange) => void;
  onChosen: () => void;
  onFlip: (step: 1 | -1) => void;
}

/** A photo with its name over it. While it is shown whole, a finger swipes to the next one. */
export function PhonePane(props: PhonePaneProps) {
  const { photo, place, total, views } = props;
  const t = useMessages("compare");
  const [pulled, setPulled] = useState(0);
  const view = views.viewOf(photo.id);
  const isWhole = view.zoom <= WHOLE.zoom;
  return (
    <section
      className={classes.pane}
      aria-label={t("photoOf", { name: photo.name, place, total })}
      aria-current={props.active ? "true" : undefined}
      data-decision={photo.decision}
    >
      <div className={classes.photo} style={isWhole ? { transform: `translateX(${pulled}px)` } : undefined}>
        <ZoomablePhoto
          photo={photo}
          view={view}
          frame={views.frameOf(photo.id)}
          onMeasured={(frame) => views.measured(photo.id, frame)}
          onChange={props.onView}
          onChosen={props.onChosen}
          swipe={
            isWhole
              ? {
                  onPull: ({ x }) => setPulled(x),
                  onSwipe: (swipe) => {
                    if (swipe !== "down") props.onFlip(swipe === "next" ? 1 : -1);
                  },
                }
              : undefined
          }
        />
      </div>
      <span className={classes.caption}>
        <DecisionSign photo={photo} />
        <ChosenSign photoId={photo.id} />
        {photo.folder && <span className={classes.folder}>{innermost(photo.folder)}/</span>}
        <span className={classes.file}>{photo.name}</span>
      </span>
      <div className={classes.faces}>
        <PaneFaces photo={photo} faces={props.faces} />
      </div>
      {(props.scores !== null || props.showHistogram) && (
        <div className={classes.facts}>
          {props.scores && <ScoreBars scores={props.scores} />}
          {props.showHistogram && <ExposureHistogram photo={photo} />}
        </div>
      )}
    </section>
  );
}
