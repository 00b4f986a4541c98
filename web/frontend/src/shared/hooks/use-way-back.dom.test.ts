import { act, renderHook, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import { useWayBack } from "./use-way-back";

it("goes back by one entry, however many ask for it, and closes once", async () => {
  history.replaceState({ page: "before" }, "");
  history.pushState({ page: "this" }, "");
  const close = vi.fn();
  // jsdom takes two steps back at once as one; browsers do not.
  const back = vi.spyOn(history, "back");
  const { result } = renderHook(() => useWayBack(close, true));
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
  const { result } = renderHook(() => useWayBack(close, true));
  act(() => result.current.leave());
  expect(close).toHaveBeenCalledOnce();
});

it("leaves an entry with nothing over the page, as after a reload or on the way forward", async () => {
  const back = vi.spyOn(history, "back");
  const close = vi.fn();
  history.replaceState({ page: "this" }, "");
  history.pushState({ isOverPage: true }, "");
  const { rerender } = renderHook(({ isOver }) => useWayBack(close, isOver), { initialProps: { isOver: false } });
  await waitFor(() => expect(history.state).toEqual({ page: "this" }));
  expect(back).toHaveBeenCalledOnce();
  act(() => history.forward());
  await waitFor(() => expect(back).toHaveBeenCalledTimes(2));
  await waitFor(() => expect(history.state).toEqual({ page: "this" }));

  // A slideshow over the large view: the way back comes to the entry of the large view, which stays.
  history.pushState({ isOverPage: true }, "");
  history.pushState({ isOverPage: true }, "");
  rerender({ isOver: true });
  close.mockClear();
  act(() => history.go(-1));
  await waitFor(() => expect(close).toHaveBeenCalledOnce());
  expect(history.state).toEqual({ isOverPage: true });
});
