import { screen } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";

import type { TimelinePhoto } from "@/shared/api/schema-types";
import { answerRequests, renderInPage } from "@/shared/testing/render";

import { ReviewedAlbumContext } from "../hooks/use-thumbnail";

import { LightboxStrip } from "./lightbox-strip";

const PHOTO = { id: "a", name: "a", decision: "auto", shelf: "", companions: [] as string[] } as TimelinePhoto;
const LAST = { ...PHOTO, id: "c", name: "c" };
const PHOTOS = [PHOTO, { ...PHOTO, id: "b", name: "b" }, LAST];
const scrolled: string[] = [];

beforeEach(() => {
  scrolled.length = 0;
  answerRequests(() => ({ body: { results: [] } }));
  HTMLElement.prototype.scrollIntoView = function () {
    scrolled.push(this.getAttribute("aria-label") ?? "");
  };
});

it("shows the current shot, however many there are", async () => {
  renderInPage(
    <ReviewedAlbumContext value="album">
      <LightboxStrip photos={PHOTOS} current={LAST} areGroup={false} onShow={vi.fn()} />
    </ReviewedAlbumContext>,
  );
  await screen.findAllByRole("button");
  expect(scrolled).toHaveLength(1);
  expect(scrolled[0]).toMatch(/^c/);
});
