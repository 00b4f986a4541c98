import { fireEvent, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import type { CloseUp } from "@/shared/api/schema-types";
import { renderInPage } from "@/shared/testing/render";

import { FaceStrip } from "./face-strip";
import { cellsOf } from "./people";
import { useFaceWords } from "./use-face-words";

const photo = { name: "a.jpg", width: 4000, height: 3000, thumbnail_url: "/thumbnail", preview_url: "/preview" };
const face = (person: number, more: Partial<CloseUp> = {}): CloseUp => ({
  x: 0.3 * person,
  y: 0.3,
  width: 0.02,
  height: 0.02,
  person,
  loss: 0,
  ...more,
});
const cells = cellsOf([face(0, { flaws: ["eyes_shut", "soft"] }), face(1, { best: true })], 3);

function All() {
  const { all } = useFaceWords();
  return <p>{all(cells)}</p>;
}

it("names each face by its place, what is wrong with it and that it is the best", () => {
  const onFace = vi.fn();
  renderInPage(<FaceStrip photo={photo} cells={cells} height={44} isSharp onFace={onFace} />);
  fireEvent.click(screen.getByRole("button", { name: "On the left: eyes shut, blurred" }));
  expect(onFace).toHaveBeenCalledWith(cells[0]?.closeUp, 0);
  expect(screen.getByRole("button", { name: "On the right: the best of this person" })).toBeDefined();
  expect(screen.getByTitle("Somebody is not found in this photo")).toBeDefined();
});

it("shows as many faces as there is room, and the number of the others", () => {
  const { container } = renderInPage(<FaceStrip photo={photo} cells={cells} height={44} room={80} isSharp={false} />);
  expect(screen.getByText("+2")).toBeDefined();
  // Of a photo that only passes by, the preview is not loaded.
  expect([...container.querySelectorAll("img")].map((image) => image.getAttribute("src"))).toEqual(["/thumbnail"]);
});

it("takes small faces from the preview, and large ones from the thumbnail", () => {
  const large = cellsOf([face(0, { width: 0.4, height: 0.4 })], 1);
  const { container } = renderInPage(<FaceStrip photo={photo} cells={large} height={44} isSharp />);
  expect(container.querySelectorAll("img")).toHaveLength(1);
});

it("says in words who has which flaw", () => {
  renderInPage(<All />);
  expect(screen.getByText("1 of 3 has shut eyes, 1 of 3 is blurred, 1 of 3 is not found")).toBeDefined();
});
