import { act, renderHook } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import { listenForInstallPrompt, useInstall } from "./install-prompt";

it("offers what the browser offers, once", () => {
  listenForInstallPrompt();
  const { result } = renderHook(useInstall);
  expect(result.current).toBeNull();

  const prompt = vi.fn().mockResolvedValue(undefined);
  const event = Object.assign(new Event("beforeinstallprompt", { cancelable: true }), { prompt });
  act(() => void dispatchEvent(event));
  expect(event.defaultPrevented).toBe(true);
  act(() => result.current?.());
  expect(prompt).toHaveBeenCalledOnce();
  expect(result.current).toBeNull();
});
