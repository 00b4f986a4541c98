import { Slider } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useRef, useState } from "react";

import { useFormat, useMessages } from "@/shared/i18n/language-context";

import classes from "./tools.module.css";

/** Keys move it step by step; the groups follow when it stops. They follow a pointer as soon as it lets go. */
const REST = 250;

export function SimilaritySlider({ similarity, onChange }: { similarity: number; onChange: (value: number) => void }) {
  const t = useMessages("review");
  const format = useFormat();
  const [shown, setShown] = useState(similarity);
  const [known, setKnown] = useState(similarity);
  if (known !== similarity) {
    setKnown(similarity);
    setShown(similarity);
  }
  const isByKey = useRef(false);
  const settle = useDebouncedCallback((value: number) => {
    if (value !== similarity) onChange(value);
  }, REST);
  return (
    <div
      className={classes.slider}
      title={t("similarityHint")}
      onKeyDownCapture={() => (isByKey.current = true)}
      onPointerDownCapture={() => (isByKey.current = false)}
    >
      <span aria-hidden>{t("looser")}</span>
      <Slider
        className={classes.track}
        min={0}
        max={1}
        step={0.05}
        value={shown}
        onChange={setShown}
        onChangeEnd={(value) => {
          settle(value);
          if (!isByKey.current) settle.flush();
        }}
        label={null}
        thumbLabel={t("similarity")}
        thumbSize={44}
        classNames={{ thumb: classes.thumb ?? "" }}
        size={6}
        thumbProps={{ "aria-valuetext": format.percent(shown) }}
      />
      <span aria-hidden>{t("stricter")}</span>
    </div>
  );
}
