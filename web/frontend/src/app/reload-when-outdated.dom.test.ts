import { afterEach, expect, it, vi } from "vitest";

import { reloadWhenOutdated } from "./reload-when-outdated";

function fail(message: string) {
  const event = Object.assign(new Event("vite:preloadError"), { payload: new Error(message) });
  dispatchEvent(event);
}

afterEach(() => sessionStorage.clear());

it("loads the page again when its styles are gone, once for each", () => {
  const reload = vi.fn();
  const stop = reloadWhenOutdated(reload);
  fail("Unable to preload CSS for /static/app/assets/review-1.css");
  fail("Unable to preload CSS for /static/app/assets/review-1.css");
  expect(reload).toHaveBeenCalledTimes(1);
  fail("Unable to preload CSS for /static/app/assets/compare-1.css");
  expect(reload).toHaveBeenCalledTimes(2);
  stop();
  fail("Unable to preload CSS for /static/app/assets/help-1.css");
  expect(reload).toHaveBeenCalledTimes(2);
});

it("leaves scripts to the router, which waits until they are needed", () => {
  const reload = vi.fn();
  const stop = reloadWhenOutdated(reload);
  fail("Failed to fetch dynamically imported module: /static/app/assets/review-1.js");
  expect(reload).not.toHaveBeenCalled();
  stop();
});
