import type { PrintPage } from "@/shared/api/schema-types";

import classes from "./printed-page.module.css";

const ANCHORS = { left: "start", centre: "middle", right: "end" } as const;

interface PrintedPageProps {
  page: PrintPage;
  /** Of the page, in millimetres. */
  width: number;
  height: number;
  label: string;
}

/** One page as it will be printed, drawn small from the same boxes. What is outside of it is cut off. */
export function PrintedPage({ page, width, height, label }: PrintedPageProps) {
  return (
    <svg className={classes.page} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <rect width={width} height={height} className={classes.paper} />
      {page.pictures.map(({ photo_id, frame, whole, thumbnail_url }, place) => (
        // The frame cuts off what is outside of it, as a nested picture does.
        <svg
          key={`${photo_id} ${place}`}
          x={frame.x}
          y={frame.y}
          width={frame.width}
          height={frame.height}
          viewBox={`${frame.x} ${frame.y} ${frame.width} ${frame.height}`}
        >
          <rect x={frame.x} y={frame.y} width={frame.width} height={frame.height} className={classes.waiting} />
          <image
            href={thumbnail_url}
            x={whole.x}
            y={whole.y}
            width={whole.width}
            height={whole.height}
            preserveAspectRatio="none"
          />
        </svg>
      ))}
      {page.lines.map((line) => (
        <rect
          key={`${line.x} ${line.y}`}
          x={line.x}
          y={line.y}
          width={line.width}
          height={0.3}
          className={classes.rule}
        />
      ))}
      {page.texts.map((text) => (
        <text
          key={`${text.x} ${text.y} ${text.text}`}
          x={text.x}
          y={text.y}
          fontSize={text.size}
          textAnchor={ANCHORS[text.align]}
          className={text.is_grey ? classes.grey : classes.ink}
        >
          {text.text}
        </text>
      ))}
    </svg>
  );
}
