import { screen } from "@testing-library/react";
import { expect, it } from "vitest";

import type { TimelinePhoto } from "@/shared/api/schema-types";
import { answerRequests, renderInPage } from "@/shared/testing/render";

import { ReviewedAlbumContext } from "../hooks/use-thumbnail";
import { type ReviewActions, ReviewActionsContext } from "../review-context";

import { SinglesRow } from "./group-row";

it.each([
  [["photo"], "One photo on its own"],
  [["video"], "One video on its own"],
  [["photo", "video"], "2 photos and videos on their own"],
] as const)("says what stands alone: %s", (kinds, words) => {
  answerRequests(() => ({ body: { results: [] } }));
  const photos = kinds.map(
    (kind) => ({ id: kind, name: kind, kind, shelf: "", companions: [] }) as unknown as TimelinePhoto,
  );
  const row = { kind: "singles", key: "s", time: null, all: photos, photos, height: 200 };
  renderInPage(
    <ReviewedAlbumContext value="a">
      <ReviewActionsContext value={{} as ReviewActions}>
        <SinglesRow row={row as never} tabStop={null} selected={new Set()} />
      </ReviewActionsContext>
    </ReviewedAlbumContext>,
  );
  expect(screen.getByRole("group", { name: words })).toHaveTextContent(words);
});
