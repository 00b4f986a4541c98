import { screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import { answerRequests, renderInPage } from "@/shared/testing/render";

import { ViewChips } from "./view-chips";

it("scrolls its bar to the chosen view", async () => {
  answerRequests(() => ({ status: 503 }));
  const placed = (left: number, width: number) => ({ left, width }) as DOMRect;
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockImplementation(function (this: Element) {
    return this.getAttribute("aria-pressed") === "true" ? placed(700, 100) : placed(0, 390);
  });
  renderInPage(<ViewChips albumId="a" view="failed" onView={vi.fn()} />);
  const bar = await screen.findByRole("group");
  await waitFor(() => expect(bar.scrollLeft).toBe(555));
});
