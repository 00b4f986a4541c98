import { actualSize, type Box, clampView, fitted, type ViewChange } from "./pan-zoom";

/** A face fills this share of its pane, in the direction in which it is larger: hair and chin are seen too. */
const SHARE = 0.5;

/** Show a face in the middle of the pane, always at the same size. */
export function showFace(face: Box, pixelRatio: number): ViewChange {
  return (_, frame) => {
    const size = fitted(frame);
    const zoom = SHARE / Math.max((face.width * size.width) / frame.width, (face.height * size.height) / frame.height);
    return clampView({ zoom, x: face.x + face.width / 2, y: face.y + face.height / 2 }, frame, pixelRatio);
  };
}

/** Show a face in the middle of the pane at the photo's own pixels, and at least twice as large as the whole photo. */
export function showFacePixels(face: Box, pixelRatio: number): ViewChange {
  return (_, frame) => {
    const zoom = Math.max(2, actualSize(frame, pixelRatio));
    return clampView({ zoom, x: face.x + face.width / 2, y: face.y + face.height / 2 }, frame, pixelRatio);
  };
}
