import { fireEvent, screen } from "@testing-library/react";
import { createRef, useState } from "react";
import { expect, it, vi } from "vitest";

import type { TimelineGroup, TimelinePhoto } from "@/shared/api/schema-types";
import { answerRequests, renderInPage } from "@/shared/testing/render";

import { ReviewedAlbumContext } from "../hooks/use-thumbnail";
import type { LoadedTimeline } from "../hooks/use-timeline";
import { rowsOf } from "../model/rows";
import type { Stretch } from "../model/timeline";

import { type ListHandle, ReviewList } from "./review-list";

const drawn: string[] = [];
vi.mock("./group-row", async () => {
  const { memo } = await import("react");
  const GroupRow = memo(({ row, tabStop }: { row: { key: string }; tabStop: string | null }) => {
    drawn.push(`${row.key} ${tabStop}`);
    return null;
  });
  return { GroupRow };
});

const left = vi.hoisted(() => ({ scroll: undefined as { scrollX: number; scrollY: number } | undefined }));
vi.mock("@tanstack/react-router", () => ({ useElementScrollRestoration: () => left.scroll }));

const photo = (id: string, rank: number) =>
  ({ id, rank, picked: rank === 0, decision: "auto", width: 3000, height: 2000 }) as TimelinePhoto;
const group = (id: string): Stretch => ({
  kind: "group",
  key: id,
  time: null,
  group: { id, photos: [photo(`${id}1`, 0), photo(`${id}2`, 1)] } as unknown as TimelineGroup,
});
const NONE: ReadonlySet<string> = new Set();
const ROWS = rowsOf(["a", "b", "c"].map(group), {
  available: 358,
  viewport: 800,
  expanded: NONE,
  facesToggled: NONE,
  withDays: false,
});

it("draws no other row again when the keys move", () => {
  answerRequests(() => undefined);
  vi.stubGlobal("scrollTo", vi.fn());
  const handle = createRef<ListHandle>();
  const Page = () => {
    const [activeId, setActiveId] = useState("a1");
    return (
      <ReviewedAlbumContext value="a">
        <ReviewList
          rows={ROWS}
          places={[]}
          timeline={{} as LoadedTimeline}
          activeId={activeId}
          selected={NONE}
          handle={handle}
        />
        <button type="button" onClick={() => setActiveId("a2")}>
          Next
        </button>
      </ReviewedAlbumContext>
    );
  };
  renderInPage(<Page />);
  expect(drawn.splice(0)).toEqual(["a a1", "b null", "c null"]);
  fireEvent.click(screen.getByText("Next"));
  expect(drawn).toEqual(["a a2"]);
});

it("begins where it was left, on the way back", () => {
  answerRequests(() => undefined);
  const scrollTo = vi.fn();
  vi.stubGlobal("scrollTo", scrollTo);
  left.scroll = { scrollX: 0, scrollY: 700 };
  renderInPage(
    <ReviewedAlbumContext value="a">
      <ReviewList
        rows={ROWS}
        places={[]}
        timeline={{} as LoadedTimeline}
        activeId={null}
        selected={NONE}
        handle={createRef<ListHandle>()}
      />
    </ReviewedAlbumContext>,
  );
  expect(scrollTo).toHaveBeenCalledWith(expect.objectContaining({ top: 700 }));
});
