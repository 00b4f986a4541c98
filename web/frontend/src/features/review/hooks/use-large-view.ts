import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import type { TimelinePhoto } from "@/shared/api/schema-types";
import { PixelReader } from "@/shared/pictures/pixel-reader";
import { useKeptZoom } from "@/shared/zoom/use-kept-zoom";

import { photoDetailQuery } from "../api/photo-detail";
import { isVideo } from "../model/picks";
import type { Row } from "../model/rows";

import { useFocus } from "./use-focus";

interface LargeView {
  row: Row;
  photo: TimelinePhoto;
  isZoomed: boolean;
  onZoom: (isZoomed: boolean) => void;
}

/** What the large view knows of its photo, and how it is zoomed. */
export function useLargeView({ row, photo, isZoomed, onZoom }: LargeView) {
  const { data: detail } = useQuery({ ...photoDetailQuery(photo.id), enabled: !isVideo(photo) });
  const [reader] = useState(() => new PixelReader());
  useEffect(() => () => reader.close(), [reader]);
  const focus = useFocus(photo.id, detail, reader);
  const zoom = useKeptZoom({
    photo: isVideo(photo) ? null : photo,
    shots: row.kind === "group" ? row.key : photo.id,
    focus,
    isZoomed,
    onZoom,
  });
  return { detail, reader, zoom };
}
