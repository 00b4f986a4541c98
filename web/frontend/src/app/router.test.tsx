import { QueryClient } from "@tanstack/react-query";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import { renderInPage } from "@/shared/testing/render";

import { createAppRouter } from "./router";

it("says in the tab, too, that there is no page at an address", async () => {
  const router = createAppRouter(new QueryClient());
  router.update({ ...router.options, history: createMemoryHistory({ initialEntries: ["/nowhere"] }) });
  vi.spyOn(window, "scrollTo").mockReturnValue();
  document.title = "Midsummer · Photo album";
  renderInPage(<RouterProvider router={router} />);
  const heading = await screen.findByRole("heading", { level: 1 });
  expect(document.title).toBe(`${heading.textContent} · Photo album`);
});
