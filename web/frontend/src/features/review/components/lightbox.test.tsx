import { fireEvent, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { expect, it, vi } from "vitest";

import type { TimelinePhoto } from "@/shared/api/schema-types";
import { answerRequests, renderInPage } from "@/shared/testing/render";

import { ReviewedAlbumContext } from "../hooks/use-thumbnail";
import { type ReviewActions, ReviewActionsContext } from "../review-context";

import { ClockDialog } from "./clock-dialog";
import { Lightbox } from "./lightbox";
import { LightboxTop } from "./lightbox-top";

const PHOTO: TimelinePhoto = {
  id: "p",
  name: "IMG_1.jpg",
  kind: "photo",
  camera: "",
  seconds: null,
  width: 300,
  height: 200,
  taken_at: null,
  rank: 0,
  shelf: "",
  decision: "auto",
  picked: true,
  left_out: false,
  companions: [],
  frame_seconds: null,
  has_film: false,
};
const ROW = { kind: "singles", key: "r", size: 100, height: 100, photos: [PHOTO], all: [PHOTO] } as const;

function Review({ onClose }: { onClose: () => void }) {
  const [isAsking, setAsking] = useState(false);
  return (
    <ReviewedAlbumContext value="a">
      <ReviewActionsContext value={{ openClock: () => setAsking(true) } as unknown as ReviewActions}>
        <Lightbox
          row={ROW}
          photo={PHOTO}
          isZoomed={false}
          isCovered={isAsking}
          inspection={{ info: false, peaking: false, clipping: false, toggle: vi.fn() }}
          middle={{ current: null }}
          onZoom={vi.fn()}
          onClose={onClose}
          onShow={vi.fn()}
        />
        <ClockDialog
          albumId="a"
          shown={isAsking ? { photoId: null } : null}
          onChange={vi.fn()}
          onClose={() => setAsking(false)}
        />
      </ReviewActionsContext>
    </ReviewedAlbumContext>
  );
}

it("stays when Escape closes the dialog over it", async () => {
  answerRequests(({ path }) => (path.includes("/clocks/") ? { body: { results: [] } } : undefined));
  const closed = vi.fn();
  renderInPage(<Review onClose={closed} />);
  await userEvent.click(screen.getByRole("button", { name: "More about IMG_1.jpg" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Set the right time" }));
  expect(await screen.findByText(/nothing to correct/)).toBeVisible();
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByText(/nothing to correct/)).not.toBeInTheDocument());
  expect(closed).not.toHaveBeenCalled();
  await userEvent.keyboard("{Escape}");
  expect(closed).toHaveBeenCalledOnce();
});

it("stays when Escape closes its menu, and offers to delete the photo", async () => {
  answerRequests(() => undefined);
  const closed = vi.fn();
  const user = userEvent.setup();
  const asked = vi.fn();
  renderInPage(
    <ReviewedAlbumContext value="a">
      <ReviewActionsContext value={{ askToDelete: asked } as unknown as ReviewActions}>
        <Lightbox
          row={ROW}
          photo={PHOTO}
          isZoomed={false}
          isCovered={false}
          inspection={{ info: false, peaking: false, clipping: false, toggle: vi.fn() }}
          middle={{ current: null }}
          onZoom={vi.fn()}
          onClose={closed}
          onShow={vi.fn()}
        />
      </ReviewActionsContext>
    </ReviewedAlbumContext>,
  );
  await user.click(await screen.findByRole("button", { name: "More about IMG_1.jpg" }));
  await screen.findByRole("menuitem", { name: "Delete from the album…" });
  await user.keyboard("{Escape}");
  expect(closed).not.toHaveBeenCalled();
  await user.click(screen.getByRole("button", { name: "More about IMG_1.jpg" }));
  await user.click(await screen.findByRole("menuitem", { name: "Delete from the album…" }));
  expect(asked).toHaveBeenCalledWith(PHOTO);
});

it("has undo beside the decisions, in the order of Compare", async () => {
  answerRequests(() => undefined);
  renderInPage(<Review onClose={vi.fn()} />);
  const row = (await screen.findByRole("button", { name: "Keep" })).parentElement;
  expect(Array.from(row?.children ?? [], ({ textContent }) => textContent)).toEqual(["Undo", "Reject", "Keep"]);
});

it("leaves the focus on the photo that it closed at", async () => {
  answerRequests(() => undefined);
  const list = (isOpen: boolean) => (
    <>
      <button type="button">Where it opened</button>
      <button type="button">Where it closed</button>
      <ReviewedAlbumContext value="a">
        <ReviewActionsContext value={{} as unknown as ReviewActions}>
          <Lightbox
            row={isOpen ? ROW : null}
            photo={isOpen ? PHOTO : null}
            isZoomed={false}
            isCovered={false}
            inspection={{ info: false, peaking: false, clipping: false, toggle: vi.fn() }}
            middle={{ current: null }}
            onZoom={vi.fn()}
            onClose={vi.fn()}
            onShow={vi.fn()}
          />
        </ReviewActionsContext>
      </ReviewedAlbumContext>
    </>
  );
  const Page = () => {
    const [isOpen, setOpen] = useState(false);
    return (
      <>
        {list(isOpen)}
        <button type="button" onClick={() => setOpen(!isOpen)}>
          Turn
        </button>
      </>
    );
  };
  renderInPage(<Page />);
  screen.getByRole("button", { name: "Where it opened" }).focus();
  fireEvent.click(screen.getByText("Turn"));
  await screen.findByRole("dialog");
  screen.getByText("Where it closed").focus();
  fireEvent.click(screen.getByText("Turn"));
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(screen.getByText("Where it closed")).toHaveFocus();
});

it("gives the reason of a photo, and none of a video", async () => {
  const reasons = [{ code: "only_photo", positive: true, text: "" }];
  answerRequests(({ path }) =>
    path.includes("/thumbnails/") ? { body: { results: ["p", "v"].map((id) => ({ id, reasons })) } } : undefined,
  );
  const video: TimelinePhoto = { ...PHOTO, id: "v", name: "MVI_1.MOV", kind: "video", seconds: 9 };
  const large = (photo: TimelinePhoto) => (
    <ReviewedAlbumContext value="a">
      <ReviewActionsContext value={{} as unknown as ReviewActions}>
        <LightboxTop photo={photo} place={0} count={1} isZoomed={false} onZoom={vi.fn()} onClose={vi.fn()} />
      </ReviewActionsContext>
    </ReviewedAlbumContext>
  );
  renderInPage(
    <>
      {large(PHOTO)}
      {large(video)}
    </>,
  );
  expect(await screen.findByText("Picked · The only photo of its moment")).toBeInTheDocument();
  expect(screen.getByText("Video 0:09, picked")).toBeInTheDocument();
});
