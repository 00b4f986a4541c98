import { fireEvent, screen } from "@testing-library/react";
import { expect, it } from "vitest";

import type { TimelinePhoto } from "@/shared/api/schema-types";
import { answerRequests, renderInPage } from "@/shared/testing/render";

import { ReviewedAlbumContext } from "../hooks/use-thumbnail";

import { LargeVideo } from "./large-video";

const URL = "https://album.example/api/v1/photos/a/original/";
const FILM = { id: "a", name: "MVI_1.AVI", kind: "video", seconds: 9.5 } as TimelinePhoto;

async function show(): Promise<HTMLVideoElement> {
  answerRequests(({ path }) =>
    path.includes("/thumbnails/")
      ? { body: { results: [] } }
      : { body: { original_url: URL, content_type: "video/mp4" } },
  );
  renderInPage(
    <ReviewedAlbumContext value="album">
      <LargeVideo photo={FILM} label="MVI_1.AVI" />
    </ReviewedAlbumContext>,
  );
  const video = await screen.findByLabelText<HTMLVideoElement>("MVI_1.AVI");
  await expect.poll(() => video.src).toBe(URL);
  return video;
}

it("plays the original with the browser's controls, in the page", async () => {
  const video = await show();
  expect(video.controls).toBe(true);
  expect(video.hasAttribute("playsinline")).toBe(true);
});

it("says that the service does not answer, and asks again", async () => {
  let isDown = true;
  answerRequests(({ path }) => {
    if (path.includes("/thumbnails/")) return { body: { results: [] } };
    return isDown ? { status: 503 } : { body: { original_url: URL, content_type: "video/mp4" } };
  });
  renderInPage(
    <ReviewedAlbumContext value="album">
      <LargeVideo photo={FILM} label="MVI_1.AVI" />
    </ReviewedAlbumContext>,
  );
  const again = await screen.findByRole("button", { name: "Try again" });
  isDown = false;
  fireEvent.click(again);
  expect((await screen.findByLabelText<HTMLVideoElement>("MVI_1.AVI")).src).toBe(URL);
});

it.each([
  ["a video that it cannot read", (video: HTMLVideoElement) => fireEvent.error(video)],
  ["a video of which it plays only the sound", (video: HTMLVideoElement) => fireEvent.loadedMetadata(video)],
])("offers the download of %s", async (_, refuse) => {
  refuse(await show());
  expect(screen.getByText("This browser cannot play the video.")).toBeTruthy();
  expect(screen.getByRole("link", { name: "Download it" }).getAttribute("href")).toBe(URL);
});
