import {
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconCalendar,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipBackFilled,
  IconPlayerSkipForwardFilled,
  IconRepeat,
  IconStar,
  IconX,
} from "@tabler/icons-react";
import type { ReactNode } from "react";

import { useFormat, useMessages } from "@/shared/i18n/language-context";

import classes from "./slideshow.module.css";
import { SECONDS, type SlideshowOptions } from "./use-slideshow-options";

interface SlideshowControlsProps {
  place: number;
  count: number;
  isPlaying: boolean;
  /** Undefined where there is nothing but the best. */
  onlyBest: boolean | undefined;
  options: SlideshowOptions;
  /** Undefined where the browser cannot fill the screen. */
  isFullScreen: boolean | undefined;
  onOptions: (change: Partial<SlideshowOptions>) => void;
  onOnlyBest: (onlyBest: boolean) => void;
  onFullScreen: () => void;
  onToggle: () => void;
  onGo: (step: 1 | -1) => void;
  onClose: () => void;
}

export function SlideshowControls(props: SlideshowControlsProps) {
  const t = useMessages("slideshow");
  const format = useFormat();
  const { place, count, isPlaying, onlyBest, options, isFullScreen } = props;
  return (
    <div role="toolbar" aria-label={t("controls")} className={classes.controls}>
      <div className={classes.buttons}>
        <ControlButton label={t("previous")} keys="←" onClick={() => props.onGo(-1)}>
          <IconPlayerSkipBackFilled size={22} />
        </ControlButton>
        <ControlButton label={t(isPlaying ? "pause" : "play")} keys={t("space")} onClick={props.onToggle}>
          {isPlaying ? <IconPlayerPauseFilled size={26} /> : <IconPlayerPlayFilled size={26} />}
        </ControlButton>
        <ControlButton label={t("next")} keys="→" onClick={() => props.onGo(1)}>
          <IconPlayerSkipForwardFilled size={22} />
        </ControlButton>
        <span className={classes.place}>{t("place", { number: place + 1, count })}</span>
      </div>
      <div className={classes.buttons}>
        <select
          className={classes.seconds}
          aria-label={t("seconds")}
          title={`${t("seconds")} (− +)`}
          value={options.seconds}
          onChange={(event) => props.onOptions({ seconds: Number(event.currentTarget.value) })}
        >
          {SECONDS.map((seconds) => (
            <option key={seconds} value={seconds}>
              {format.duration(seconds)}
            </option>
          ))}
        </select>
        {onlyBest !== undefined && (
          <ControlButton label={t("onlyBest")} keys="B" isOn={onlyBest} onClick={() => props.onOnlyBest(!onlyBest)}>
            <IconStar size={22} stroke={1.6} />
          </ControlButton>
        )}
        <ControlButton
          label={t("loop")}
          keys="L"
          isOn={options.loops}
          onClick={() => props.onOptions({ loops: !options.loops })}
        >
          <IconRepeat size={22} stroke={1.6} />
        </ControlButton>
        <ControlButton
          label={t("dates")}
          keys="D"
          isOn={options.hasDates}
          onClick={() => props.onOptions({ hasDates: !options.hasDates })}
        >
          <IconCalendar size={22} stroke={1.6} />
        </ControlButton>
        {isFullScreen !== undefined && (
          <ControlButton label={t("fullScreen")} keys="F" isOn={isFullScreen} onClick={props.onFullScreen}>
            {isFullScreen ? (
              <IconArrowsMinimize size={22} stroke={1.6} />
            ) : (
              <IconArrowsMaximize size={22} stroke={1.6} />
            )}
          </ControlButton>
        )}
        <ControlButton label={t("close")} keys="Esc" onClick={props.onClose}>
          <IconX size={24} stroke={1.6} />
        </ControlButton>
      </div>
    </div>
  );
}

interface ControlButtonProps {
  label: string;
  /** Shown in the hint. */
  keys: string;
  isOn?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function ControlButton({ label, keys, isOn, onClick, children }: ControlButtonProps) {
  return (
    <button
      type="button"
      className={classes.button}
      aria-label={label}
      aria-pressed={isOn}
      title={`${label} (${keys})`}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
