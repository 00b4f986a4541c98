import { useEffect, useRef, useState } from "react";

import type { Marks } from "@/shared/pictures/overlay";
import type { PixelReader } from "@/shared/pictures/pixel-reader";
import type { Part } from "@/shared/pictures/pixel-worker";
import { type Frame, placement, type View } from "@/shared/zoom/pan-zoom";

import classes from "./large-picture.module.css";

interface PixelMarksProps {
  reader: PixelReader;
  /** What is shown now: its pixels are the ones that are marked. */
  url: string;
  view: View;
  frame: Frame;
  marks: Marks;
  /** Said once the picture cannot be read. */
  refused: string;
}

/** Wait until the photo rests. */
const RESTS = 80;

/** Marks over the part of a photo that is in the pane. They move with the photo, and are drawn again once it rests. */
export function PixelMarks({ reader, url, view, frame, marks, refused }: PixelMarksProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState<Part>();
  const [isRefused, setRefused] = useState(false);
  const place = placement(view, frame);
  const part = shownPart(place, frame);
  const { peaking, clipping } = marks;
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      const asked = { x: part.x, y: part.y, width: part.width, height: part.height };
      void reader.ask({ about: "marks", url, part: asked, marks: { peaking, clipping } }).then((answer) => {
        const picture = answer && "marks" in answer ? answer.marks : null;
        if (isCurrent) setRefused(answer === null);
        if (isCurrent && picture && canvas.current) {
          canvas.current.width = picture.width;
          canvas.current.height = picture.height;
          canvas.current.getContext("bitmaprenderer")?.transferFromImageBitmap(picture);
          setDrawn(asked);
        } else picture?.close();
      });
    }, RESTS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [reader, url, part.x, part.y, part.width, part.height, peaking, clipping]);
  return (
    <>
      <canvas
        ref={canvas}
        className={classes.marks}
        data-marks={drawn !== undefined}
        style={
          drawn && {
            width: drawn.width * place.width,
            height: drawn.height * place.height,
            transform: `translate(${place.left + drawn.x * place.width}px, ${place.top + drawn.y * place.height}px)`,
          }
        }
      />
      {isRefused && (
        <p className={classes.note} role="status">
          {refused}
        </p>
      )}
    </>
  );
}

function shownPart({ left, top, width, height }: ReturnType<typeof placement>, frame: Frame): Part {
  const x = Math.max(0, -left / width);
  const y = Math.max(0, -top / height);
  return { x, y, width: Math.min(1, frame.width / width), height: Math.min(1, frame.height / height) };
}
