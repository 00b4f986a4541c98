import { screen } from "@testing-library/react";
import { expect, it } from "vitest";

import { answerRequests, renderInPage } from "@/shared/testing/render";

import { ChosenAlbumContext } from "./chosen";
import { ChosenSign } from "./chosen-sign";

const CHOSEN = {
  guests: ["Anna", "", "Ben"],
  photos: [
    { id: "p1", count: 2, guests: [0, 2] },
    { id: "p2", count: 25, guests: [0, 1] },
    { id: "p3", count: 1, guests: [1] },
  ],
};

it("says beside each photo how many guests chose it, and who, from one answer", async () => {
  const asked = answerRequests(() => ({ body: CHOSEN }));
  renderInPage(
    <ChosenAlbumContext value="a1">
      {["p1", "p2", "p3", "p4"].map((id) => (
        <ChosenSign key={id} photoId={id} />
      ))}
    </ChosenAlbumContext>,
  );
  const signs = await screen.findAllByRole("img");
  expect(signs.map((sign) => [sign.textContent, sign.title])).toEqual([
    ["2", "chosen by Anna, Ben"],
    ["25", "chosen by Anna and 24 more"],
    ["1", "chosen by 1 guest"],
  ]);
  expect(asked.map(({ path }) => path)).toEqual(["/api/v1/albums/a1/choices/"]);
});

it("asks nothing for people who may not see it", () => {
  const asked = answerRequests(() => ({ body: CHOSEN }));
  renderInPage(<ChosenSign photoId="p1" />);
  expect(asked).toEqual([]);
});
