import { screen, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import type { Photo, PhotoDecision } from "@/shared/api/schema-types";
import { renderInPage } from "@/shared/testing/render";

import { FaceRows } from "./face-rows";

function photoWithFace(name: string, decision: PhotoDecision, picked: boolean) {
  const face = { x: 0.4, y: 0.3, width: 0.1, height: 0.1, eyes_open: null, sharpness: -3 };
  return { id: name, name, decision, picked, faces: [face], width: 4, height: 3 } as unknown as Photo;
}

it("says above the faces what is decided about each photo, and which is picked automatically", () => {
  const photos = [
    photoWithFace("a.jpg", "auto", true),
    photoWithFace("b.jpg", "keep", true),
    photoWithFace("c.jpg", "reject", false),
    photoWithFace("d.jpg", "auto", false),
  ];
  renderInPage(<FaceRows photos={photos} onKeep={vi.fn()} />);
  const signs = photos.map(({ name }) => within(screen.getByText(name)).queryByRole("img")?.getAttribute("aria-label"));
  expect(signs).toEqual(["Picked automatically", "Kept", "Rejected", undefined]);
});
