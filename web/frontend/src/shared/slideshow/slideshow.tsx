import { Loader, Modal } from "@mantine/core";
import { useIdle } from "@mantine/hooks";
import { useDrag } from "@use-gesture/react";
import { useEffect, useEffectEvent } from "react";

import { useWakeLock } from "@/shared/hooks/use-wake-lock";
import { useFormat, useMessages } from "@/shared/i18n/language-context";
import { isForControl } from "@/shared/keyboard/pressed";
import { swipeOf } from "@/shared/zoom/swipe";

import { useFullScreen } from "./full-screen";
import type { LoadSlide, Slide } from "./slide";
import { SlideLayer } from "./slide-layer";
import { SlideshowControls } from "./slideshow-controls";
import classes from "./slideshow.module.css";
import { useSlideshow } from "./use-slideshow";
import { useSlideshowOptions } from "./use-slideshow-options";

export interface SlideshowProps {
  /** All that may be shown, in their order. */
  slides: readonly Slide[];
  /** Where to begin, null for the first. */
  startAt: string | null;
  /** Finds the links of a slide. It is asked shortly before the slide is shown. */
  load: LoadSlide;
  /** `lastId` is the slide that was shown last. */
  onClose: (lastId: string | null) => void;
}

/** How long the controls stay after the last movement, in milliseconds. */
const CONTROLS_STAY = 3000;

/** Photos and videos one after the other, as large as the screen. */
export default function Slideshow({ slides, startAt, load, onClose }: SlideshowProps) {
  const t = useMessages("slideshow");
  const format = useFormat();
  const { options, change, changeSeconds } = useSlideshowOptions();
  const show = useSlideshow({ slides, startAt, load, ...options });
  const isIdle = useIdle(CONTROLS_STAY, { events: ["pointermove", "pointerdown", "keydown"], initialState: false });
  const shown = show.layers.at(-1);
  const close = () => onClose(shown?.slide.id ?? startAt);
  const screen = useFullScreen(close);
  useWakeLock(show.isPlaying);

  const keys: Readonly<Record<string, () => void>> = {
    " ": show.toggle,
    ArrowLeft: () => show.go(-1),
    ArrowRight: () => show.go(1),
    Home: show.toFirst,
    End: show.toLast,
    "+": () => changeSeconds(1),
    "=": () => changeSeconds(1),
    "-": () => changeSeconds(-1),
    b: () => show.hasRest && show.setOnlyBest(!show.onlyBest),
    l: () => change({ loops: !options.loops }),
    d: () => change({ hasDates: !options.hasDates }),
    f: screen.toggle,
  };
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isForControl(event.key, document.activeElement)) return;
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);

  const drag = useDrag(
    ({ tap, last, movement: [x, y], elapsedTime, event }) => {
      if (tap) show.toggle();
      else if (last && event.type !== "pointercancel") {
        const swipe = swipeOf({ x, y }, elapsedTime);
        if (swipe === "down") close();
        else if (swipe) show.go(swipe === "next" ? 1 : -1);
      }
    },
    { filterTaps: true, pointer: { keys: false } },
  );

  const date = shown?.slide.takenAt ? format.dateTime(shown.slide.takenAt) : "";
  const areControlsHidden = isIdle && show.isPlaying;
  return (
    <Modal.Root opened onClose={close} fullScreen returnFocus={false} transitionProps={{ duration: 0 }}>
      <Modal.Content className={classes.content} aria-label={t("title")} data-idle={areControlsHidden || undefined}>
        <div {...drag()} className={classes.stage} tabIndex={-1} data-autofocus>
          {show.layers.map((layer) => (
            <SlideLayer
              key={layer.turn}
              shown={layer}
              isTop={layer === shown}
              isPlaying={show.isPlaying}
              repeats={options.loops && show.count === 1}
              onEnd={show.end}
              onRefused={show.refuseVideo}
            />
          ))}
          {show.isLoading && <Loader className={classes.loader} color="gray" aria-label={t("loading")} />}
        </div>
        {options.hasDates && date && (
          <p className={classes.date} data-raised={!areControlsHidden || undefined}>
            {date}
          </p>
        )}
        <SlideshowControls
          place={show.place}
          count={show.count}
          isPlaying={show.isPlaying}
          onlyBest={show.hasRest ? show.onlyBest : undefined}
          options={options}
          isFullScreen={screen.isFull}
          onOptions={change}
          onOnlyBest={show.setOnlyBest}
          onFullScreen={screen.toggle}
          onToggle={show.toggle}
          onGo={show.go}
          onClose={close}
        />
        {/* While it plays, a screen reader would be interrupted every few seconds. */}
        <p className="visually-hidden" aria-live={show.isPlaying ? "off" : "polite"}>
          {shown && [t("place", { number: show.place + 1, count: show.count }), shown.slide.name, date].join(", ")}
        </p>
      </Modal.Content>
    </Modal.Root>
  );
}
