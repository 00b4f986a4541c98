import { act, renderHook, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import { useWayBack } from "./use-way-back";

it("goes back by one entry, however many ask for it, and closes once", async () => {
  history.replaceState({ page: "before" }, "");
  history.pushState({ page: "this" }, "");
  const close = vi.fn();
  // jsdom takes two steps back at once as one; browsers do not.
  const back = vi.spyOn(history, "back");
  const { result } = renderHook(() => useWayBack(close));
  for (const times of [1, 2]) {
    act(() => result.current.enter());
    act(() => {
      result.current.leave();
      result.current.leave();
    });
    await waitFor(() => expect(close).toHaveBeenCalledTimes(times));
    expect(back).toHaveBeenCalledTimes(times);
    expect(history.state).toEqual({ page: "this" });
  }
});

it("closes at once what came without an entry", () => {
  history.replaceState(null, "");
  const close = vi.fn();
  const { result } = renderHook(() => useWayBack(close));
  act(() => result.current.leave());
  expect(close).toHaveBeenCalledOnce();
});
