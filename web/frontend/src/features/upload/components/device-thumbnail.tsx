import { useEffect, useRef, useState } from "react";

import { drawSmall } from "../view/draw-small";

import classes from "./coming-photos.module.css";

interface DeviceThumbnailProps {
  file: File;
  /** It is still on its way to the service. */
  isSending: boolean;
}

/** A chosen photo, drawn small by the browser; its name where the browser cannot read it, as with most RAW files. */
export function DeviceThumbnail({ file, isSending }: DeviceThumbnailProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isDrawn, setDrawn] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    void drawSmall(file, () => canvas.current, stop.signal).then((drawn) => {
      if (!stop.signal.aborted) setDrawn(drawn);
    });
    return () => stop.abort();
  }, [file]);
  return (
    <li className={classes.tile} data-sending={isSending} title={file.name}>
      <canvas ref={canvas} aria-hidden hidden={!isDrawn} />
      <span className={isDrawn ? "visually-hidden" : classes.name}>{file.name}</span>
    </li>
  );
}
