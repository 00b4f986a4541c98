import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, it, vi } from "vitest";

import { renderInPage } from "@/shared/testing/render";

import { ReviewTools } from "./review-tools";

it("on a narrow page gives the focus back to what is still there, before the dialog for clocks opens", async () => {
  const focused = vi.fn(() => document.activeElement);
  renderInPage(
    <ReviewTools
      available={390}
      picks={{ picked: 2, available: 2, kept: 0, wanted: { count: null, share: null } }}
      similarity={0.5}
      order="time"
      isRegrouping={false}
      status=""
      acceptable={0}
      unclear={0}
      areClear
      onPicks={vi.fn()}
      onSimilarity={vi.fn()}
      onOrder={vi.fn()}
      onAccept={vi.fn()}
      onLook={vi.fn()}
      onUndo={vi.fn()}
      onRedo={vi.fn()}
      onKeys={vi.fn()}
      onClock={focused}
    />,
  );
  const settings = screen.getByRole("button", { name: /grouping/ });
  await userEvent.click(settings);
  await userEvent.click(await screen.findByRole("button", { name: "Correct a camera's clock" }));
  expect(focused).toHaveReturnedWith(settings);
});
