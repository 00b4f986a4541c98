import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import type { ReactNode } from "react";
import { vi } from "vitest";

import { renderInPage } from "./render";

/** Render links at an address of a site that has these paths. Find what is awaited: it is not there at once. */
export function renderAt(address: string, content: ReactNode, paths: readonly string[]) {
  const root = createRootRoute({ component: () => content });
  const router = createRouter({
    routeTree: root.addChildren(paths.map((path) => createRoute({ getParentRoute: () => root, path }))),
    history: createMemoryHistory({ initialEntries: [address] }),
  });
  vi.spyOn(window, "scrollTo").mockReturnValue();
  // The type of routers is that of the application's.
  renderInPage(<RouterProvider router={router as never} />);
}
