import { screen } from "@testing-library/react";
import { expect, it } from "vitest";

import type { TimelinePhoto } from "@/shared/api/schema-types";
import { answerRequests, renderInPage } from "@/shared/testing/render";

import { ReviewedAlbumContext } from "../hooks/use-thumbnail";
import { type ReviewActions, ReviewActionsContext } from "../review-context";

import { Shot } from "./shot";

it.each<[string, Partial<TimelinePhoto>, boolean]>([
  ["a photo", { frame_seconds: null }, false],
  ["a photo of a service that knows no frames yet", {}, false],
  ["a frame", { frame_seconds: 0 }, true],
])("says of %s whether it is from a video", async (_, about, isFrame) => {
  answerRequests(() => ({ body: { results: [] } }));
  const photo = { id: "p", name: "IMG_1.jpg", kind: "photo", shelf: "", companions: [], ...about } as TimelinePhoto;
  renderInPage(
    <ReviewedAlbumContext value="a">
      <ReviewActionsContext value={{} as ReviewActions}>
        <Shot photo={photo} width={300} height={200} isSelected={false} isSelecting={false} isTabStop place={null} />
      </ReviewActionsContext>
    </ReviewedAlbumContext>,
  );
  expect(await screen.findByRole("button", { name: /^IMG_1/ })).toBeVisible();
  expect(screen.queryByText("From a video") !== null).toBe(isFrame);
});
