import { Slider, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";

import { useFormat, useMessages } from "@/shared/i18n/language-context";

import { numberOf, type Picks, shareOf, type Wanted, wantedFrom, wantedShare } from "../model/wanted";

import classes from "./tools.module.css";

/** Keys move the slider step by step; the picks follow when it stops. */
const REST = 350;

interface PicksNumberProps {
  picks: Picks;
  onChange: (wanted: Wanted) => void;
}

/** How many picks there are to be: a share by the slider, or a number beside it. Stricter is the same as fewer. */
export function PicksNumber({ picks, onChange }: PicksNumberProps) {
  const t = useMessages("review");
  const format = useFormat();
  // What somebody is changing right now; news from the service does not overwrite it.
  const [slid, setSlid] = useState<number | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const share = slid ?? shareOf(picks);
  const number = numberOf(picks, slid === null ? picks.wanted : wantedShare(slid));
  const settle = useDebouncedCallback((percent: number) => {
    if (percent !== shareOf(picks)) onChange(wantedShare(percent));
    setSlid(null);
  }, REST);
  const take = () => {
    const wanted = typed === null || typed === String(number) ? null : wantedFrom(typed);
    if (wanted) onChange(wanted);
    setTyped(null);
  };
  return (
    <>
      <Text fw={600} size="sm">
        {t("picksTitle")}
      </Text>
      <div className={classes.slider}>
        <span aria-hidden>{t("picksFewer")}</span>
        <Slider
          className={classes.track}
          min={1}
          max={100}
          value={share}
          onChange={setSlid}
          onChangeEnd={settle}
          label={null}
          thumbLabel={t("picksShare")}
          thumbSize={44}
          classNames={{ thumb: classes.thumb ?? "" }}
          size={6}
          thumbProps={{ "aria-valuetext": format.percent(share / 100) }}
        />
        <span aria-hidden>{t("picksEvery")}</span>
      </div>
      <div className={classes.number}>
        <TextInput
          aria-label={t("picksNumber")}
          className={classes.numberInput}
          inputMode="numeric"
          autoComplete="off"
          value={typed ?? String(number)}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key === "Enter") take();
          }}
        />
        <span>{t("picksOf", { count: picks.available })}</span>
      </div>
      <Text c="dimmed" size="sm">
        {t("picksHint")}
      </Text>
    </>
  );
}
