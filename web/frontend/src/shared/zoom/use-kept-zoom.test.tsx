import { act, renderHook } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import { WHOLE, zoomView } from "./pan-zoom";
import { type Focus, useKeptZoom } from "./use-kept-zoom";

const LANDSCAPE = { width: 6000, height: 4000 };
const PORTRAIT = { width: 4000, height: 6000 };
const PANE = { width: 1200, height: 800, photoWidth: 1, photoHeight: 1 };

function show(focus: Focus | null, { isMeasured = true } = {}) {
  const onZoom = vi.fn();
  const first = { photo: LANDSCAPE as typeof LANDSCAPE | null, shots: "group", isZoomed: false };
  const hook = renderHook((props: typeof first) => useKeptZoom({ ...props, focus, onZoom }), { initialProps: first });
  if (isMeasured) act(() => hook.result.current.measured(PANE));
  const change = (props: Partial<typeof first>) => hook.rerender(Object.assign(first, props));
  return { view: () => hook.result.current.view, zoom: () => hook.result.current, change, onZoom };
}

const at = (x: number, y: number) => ({ x: expect.closeTo(x, 6) as number, y: expect.closeTo(y, 6) as number });

it("opens at the focus, and stays there in the next shot, also of another shape", () => {
  const { view, change } = show({ x: 0.4, y: 0.6 });
  expect(view()).toEqual(WHOLE);
  change({ isZoomed: true });
  expect(view()).toEqual({ zoom: 5, ...at(0.4, 0.6) });
  change({ photo: PORTRAIT });
  // 600 pixels to the left of the middle and 400 below it, at 100 %.
  expect(view()).toEqual({ zoom: expect.closeTo(7.5, 6) as number, ...at(0.5 - 600 / 4000, 0.5 + 400 / 6000) });
  change({ photo: null });
  change({ photo: LANDSCAPE });
  expect(view()).toEqual({ zoom: 5, ...at(0.4, 0.6) });
});

it("comes back to where somebody looked last, and in other shots to the focus", () => {
  const { view, zoom, change } = show({ x: 0.4, y: 0.6 });
  change({ isZoomed: true });
  act(() => zoom().change((now, frame) => zoomView({ ...now, x: 0.7, y: 0.3 }, frame, 4, { x: 0, y: 0 }, 1)));
  change({ isZoomed: false });
  expect(view()).toEqual(WHOLE);
  change({ isZoomed: true });
  expect(view()).toEqual({ zoom: 4, ...at(0.7, 0.3) });
  change({ isZoomed: false });
  change({ shots: "another group" });
  change({ isZoomed: true });
  expect(view()).toEqual({ zoom: 5, ...at(0.4, 0.6) });
});

it("shows a face whole, and the middle where no focus is known", () => {
  const face = show({ x: 0.3, y: 0.2, width: 0.3, height: 0.4 });
  face.change({ isZoomed: true });
  expect(face.view()).toEqual({ zoom: 1.5, ...at(0.45, 0.4) });
  const unknown = show(null);
  unknown.change({ isZoomed: true });
  expect(unknown.view()).toEqual({ zoom: 5, x: 0.5, y: 0.5 });
});

it("tells the page when fingers zoom, and that nothing else can be zoomed", () => {
  const { zoom, change, onZoom } = show(null);
  act(() => zoom().change((now, frame) => zoomView(now, frame, 3, { x: 0, y: 0 }, 1)));
  expect(onZoom).toHaveBeenLastCalledWith(true);
  change({ isZoomed: true });
  act(() => zoom().change(() => WHOLE));
  change({ photo: null, isZoomed: true });
  expect(onZoom).toHaveBeenLastCalledWith(false);
});

it("zooms once the pane is measured, if it was asked before", () => {
  const { view, zoom, change, onZoom } = show(null, { isMeasured: false });
  change({ isZoomed: true });
  act(() => zoom().measured(PANE));
  expect(view().zoom).toBe(5);
  expect(onZoom).not.toHaveBeenCalled();
});
