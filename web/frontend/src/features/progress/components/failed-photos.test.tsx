import { screen } from "@testing-library/react";
import { expect, it } from "vitest";

import { answerRequests, renderInPage } from "@/shared/testing/render";

import { FailedPhotos } from "./failed-photos";

const failed = (name: string, code: string) => ({ id: name, name, folder: "Trip/day 1", error: { code, message: "" } });
const ORPHAN = failed("IMG_1.xmp", "sidecar_without_photo");

it("offers another try of what may then work", async () => {
  answerRequests(() => ({ body: { next: null, results: [ORPHAN, failed("IMG_2.jpg", "crashed")] } }));
  renderInPage(<FailedPhotos albumId="a" count={2} />);
  expect(await screen.findByRole("button", { name: "Try again: IMG_2.jpg" })).toBeVisible();
  expect(screen.getByRole("button", { name: "Try all again" })).toBeVisible();
  expect(screen.queryByRole("button", { name: /IMG_1/ })).not.toBeInTheDocument();
  expect(screen.getAllByText("Trip/day 1")).toHaveLength(2);
});

it("offers none where only sidecars wait for their photos", async () => {
  answerRequests(() => ({ body: { next: null, results: [ORPHAN] } }));
  renderInPage(<FailedPhotos albumId="a" count={1} />);
  expect(await screen.findByText("IMG_1.xmp")).toBeVisible();
  expect(screen.queryByRole("button", { name: /Try/ })).not.toBeInTheDocument();
});
