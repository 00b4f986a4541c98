import type { Face } from "@/shared/api/schema-types";

type Box = Pick<Face, "x" | "y" | "width" | "height">;

/** A face smaller than this share of the widest belongs to somebody behind. */
const IN_FRONT = 0.5;

/** The sharpest of the faces in front; null where there is none. */
export function faceInFocus(faces: readonly (Box & Pick<Face, "sharpness">)[]): Box | null {
  const widest = Math.max(...faces.map(({ width }) => width));
  const inFront = faces.filter(({ width }) => width >= IN_FRONT * widest);
  return inFront.reduce<(typeof inFront)[number] | null>(
    (best, face) => (best && best.sharpness >= face.sharpness ? best : face),
    null,
  );
}
