import type { Photo } from "@/shared/api/schema-types";
import { cellsOfEach, type FaceCell, firstToLookAt } from "@/shared/faces/people";
import { showFace, showFacePixels } from "@/shared/zoom/face-view";

import type { LinkedViews } from "./use-linked-views";

/** The people of the compared photos, and how to zoom to one of them in every pane, or in one. */
export function useFaceZoom(shown: readonly Photo[], active: Photo | undefined, views: LinkedViews, linked: boolean) {
  const cells = cellsOfEach(shown);
  const place = shown.findIndex(({ id }) => id === active?.id);
  const first = cells && firstToLookAt(cells, place);

  /** In panes that move together, each shows the face of the person in its own photo. */
  function show(person: number, photoId: string, zoom = showFace) {
    const wanted = shown.flatMap(({ id }, at) => {
      const face = cells?.[at]?.find((cell) => cell.person === person)?.closeUp;
      return face && (linked || id === photoId) ? [[id, zoom(face, devicePixelRatio)] as const] : [];
    });
    views.show(Object.fromEntries(wanted));
  }

  return {
    cellsOf: (photoId: string): readonly FaceCell[] => cells?.[shown.findIndex(({ id }) => id === photoId)] ?? [],
    show: (person: number, photoId: string) => show(person, photoId),
    /** Zoom to a face where the photo is still whole, perhaps to its pixels; says whether it did. */
    first: ({ toPixels = false } = {}): boolean => {
      if (first === null || !active || views.viewOf(active.id).zoom > 1) return false;
      show(first, active.id, toPixels ? showFacePixels : showFace);
      return true;
    },
  };
}

export type FaceZoom = ReturnType<typeof useFaceZoom>;
