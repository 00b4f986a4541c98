import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";

import type { ReviewCounts } from "@/shared/api/schema-types";
import { renderInPage } from "@/shared/testing/render";

import { MarksChip } from "./marks-chip";

const NO_LABELS = { red: 0, yellow: 0, green: 0, blue: 0, purple: 0 };
const counts = (marks: Partial<ReviewCounts>) =>
  ({ stars: [0, 0, 0, 0, 0], labels: NO_LABELS, ...marks }) as ReviewCounts;

it("is not there before somebody gave stars or a label", () => {
  renderInPage(<MarksChip counts={counts({})} view="all" onView={vi.fn()} />);
  expect(screen.queryByRole("button")).not.toBeInTheDocument();
});

it("offers what somebody gave, with how many photos have it", async () => {
  const shown = vi.fn();
  const given = counts({ stars: [7, 3, 3, 0, 0], labels: { ...NO_LABELS, blue: 2 } });
  renderInPage(<MarksChip counts={given} view="all" onView={shown} />);
  await userEvent.click(screen.getByRole("button", { name: "Stars and labels" }));
  const items = await screen.findAllByRole("menuitem");
  expect(items.map((item) => item.textContent)).toEqual([
    "3 stars or more3",
    "2 stars or more3",
    "1 star or more7",
    "Blue2",
  ]);
  await userEvent.click(screen.getByRole("menuitem", { name: /3 stars/ }));
  expect(shown).toHaveBeenLastCalledWith("stars-3");
});

it("says what is shown, also when no photo has it any more", () => {
  renderInPage(<MarksChip counts={counts({})} view="label-red" onView={vi.fn()} />);
  expect(screen.getByRole("button", { name: "Stars and labels: Red 0" })).toBeInTheDocument();
});
