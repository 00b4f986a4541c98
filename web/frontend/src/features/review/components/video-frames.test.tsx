import { act, fireEvent, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, expect, it, vi } from "vitest";

import type { Frames, TimelinePhoto } from "@/shared/api/schema-types";
import { answerRequests, renderInPage } from "@/shared/testing/render";

import { useGrouping } from "../api/grouping";
import { ReviewedAlbumContext } from "../hooks/use-thumbnail";

import { VideoFrames } from "./video-frames";

const VIDEO = { id: "a", name: "MVI_1.MP4", kind: "video", seconds: 400 } as TimelinePhoto;
const NOTHING: Frames = { state: "none", photos: [], found: 0, seconds: null, error: null };
const PHOTOS = [{ id: "b", name: "MVI_1 0m02.0s.jpg", seconds: 2 }];

afterEach(() => vi.useRealTimers());

function show(state: Frames, asked: Frames = state, inStrip: readonly TimelinePhoto[] = []) {
  const requests = answerRequests(({ method, path }) => {
    if (path.includes("/thumbnails/")) return { body: { results: [] } };
    return { status: method === "POST" ? 202 : 200, body: method === "POST" ? asked : state };
  });
  renderInPage(
    <ReviewedAlbumContext value="album">
      <VideoFrames video={VIDEO} inStrip={inStrip} />
    </ReviewedAlbumContext>,
  );
  return requests;
}

it("asks for photos and says that it looks for them", async () => {
  const requests = show(NOTHING, { ...NOTHING, state: "queued" });
  fireEvent.click(await screen.findByRole("button", { name: "Find photos in this video" }));
  expect(await screen.findByText("Looking for the best moments …")).toBeTruthy();
  expect(requests.filter(({ method }) => method === "POST")).toHaveLength(1);
  expect(screen.queryByRole("button")).toBeNull();
});

it.each<[string, Partial<Frames>, string, string | null]>([
  ["photos", { state: "done", found: 2, photos: PHOTOS, seconds: 400 }, "1 photo taken from this video", null],
  ["nothing sharp", { state: "done", seconds: 400 }, "No moment of this video is sharp enough for a photo.", null],
  [
    "that only a part was searched",
    { state: "done", found: 1, photos: PHOTOS, seconds: 60 },
    "1 photo taken from this video · Only the first 1:00 could be searched: the video is very large.",
    null,
  ],
  [
    "a full account, with a second try",
    { state: "failed", error: { code: "quota_exceeded", message: "Full." } },
    "There is no room for more photos. Delete some, then try again.",
    "Find photos again",
  ],
  [
    "a damaged video",
    { state: "failed", error: { code: "corrupt", message: "Damaged." } },
    "The video is damaged or missing, so no photos can be taken from it.",
    "Find photos again",
  ],
])("says %s", async (_, state, sentence, button) => {
  show({ ...NOTHING, ...state });
  expect(await screen.findByText(sentence)).toBeTruthy();
  expect(screen.queryByRole("button")?.textContent ?? null).toBe(button);
});

it("offers to find photos again once all are deleted", async () => {
  show({ ...NOTHING, state: "done", found: 3, seconds: 400 });
  expect(await screen.findByRole("button", { name: "Find photos again" })).toBeTruthy();
});

it("shows no photo that the strip shows", async () => {
  show({ ...NOTHING, state: "done", found: 1, photos: PHOTOS }, undefined, [{ ...VIDEO, id: "b" }]);
  expect(await screen.findByText("1 photo taken from this video")).toBeTruthy();
  expect(screen.queryByRole("list")).toBeNull();
});

it("asks about the new photos also when the large view is closed before they are there", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  let state: Frames["state"] = "running";
  const requests = answerRequests(({ path }) =>
    path.includes("/progress/")
      ? { body: { done: true, unfinished: 0, grouped_at: null } }
      : { body: { ...NOTHING, state } },
  );
  function Review() {
    useGrouping("album", false);
    const [isOpen, setOpen] = useState(true);
    return (
      <ReviewedAlbumContext value="album">
        {isOpen && <VideoFrames video={VIDEO} inStrip={[]} />}
        <button onClick={() => setOpen(false)}>Close</button>
      </ReviewedAlbumContext>
    );
  }
  renderInPage(<Review />);
  await screen.findByText("Looking for the best moments …");
  fireEvent.click(screen.getByRole("button", { name: "Close" }));
  const asked = () => requests.filter(({ path }) => path.includes("/progress/")).length;
  const before = asked();
  state = "done";
  await act(() => vi.advanceTimersByTimeAsync(5_000));
  expect(asked()).toBe(before + 1);
});
