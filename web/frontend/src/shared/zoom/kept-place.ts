import { actualSize, type Box, clampView, closeUpZoom, fitted, type Frame, type View, WHOLE } from "./pan-zoom";

/**
 * Which part of a photo is looked at, and how closely, in the photo's own pixels. So it means the same in another photo,
 * also in one of another shape: as far from its middle, at the same percentage.
 */
export interface Place {
  /** Pixels of the screen for each pixel of the photo: 1 is 100 %. */
  readonly scale: number;
  /** Of the middle of the pane, in pixels of the photo from the middle of the photo. */
  readonly x: number;
  readonly y: number;
}

export function placeOf(view: View, frame: Frame, pixelRatio: number): Place {
  return {
    scale: view.zoom / actualSize(frame, pixelRatio),
    x: (view.x - 0.5) * frame.photoWidth,
    y: (view.y - 0.5) * frame.photoHeight,
  };
}

/** The view of a photo at a place, as near to it as the photo's edges allow; the whole photo where there is none. */
export function viewAt(place: Place | null, frame: Frame, pixelRatio: number): View {
  if (!place) return WHOLE;
  const view = {
    zoom: place.scale * actualSize(frame, pixelRatio),
    x: 0.5 + place.x / frame.photoWidth,
    y: 0.5 + place.y / frame.photoHeight,
  };
  return clampView(view, frame, pixelRatio);
}

/** The photo's own pixels around a point of it, given in shares of its sides. A small photo is doubled at least. */
export function closeUp(point: { x: number; y: number }, frame: Frame, pixelRatio: number): Place {
  return placeOf({ zoom: closeUpZoom(frame, pixelRatio), ...point }, frame, pixelRatio);
}

/** How much of the pane's shorter side a face fills. */
const FACE_SHARE = 0.6;

/** A face or another part of the photo, in shares of its sides, filling the pane, but never above 100 %. */
export function placeOfBox(box: Box, frame: Frame, pixelRatio: number): Place {
  const size = fitted(frame);
  const fills = Math.min(
    (FACE_SHARE * frame.width) / (box.width * size.width),
    (FACE_SHARE * frame.height) / (box.height * size.height),
  );
  const zoom = Math.min(closeUpZoom(frame, pixelRatio), Math.max(1.1, fills));
  return placeOf({ zoom, x: box.x + box.width / 2, y: box.y + box.height / 2 }, frame, pixelRatio);
}
