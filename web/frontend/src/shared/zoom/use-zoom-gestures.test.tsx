import { act, render, screen } from "@testing-library/react";
import { useRef, useState } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { type Frame, type Point, type View, type ViewChange, WHOLE } from "./pan-zoom";
import { useZoomGestures } from "./use-zoom-gestures";

/** A landscape photo in a pane of 600 × 600, whose middle is at 0, 0 of the window. */
const frame: Frame = { width: 600, height: 600, photoWidth: 6000, photoHeight: 4000 };
const onSwipe = vi.fn();
const onPull = vi.fn();

function Pane({ start, isSwiped }: { start: View; isSwiped: boolean }) {
  const pane = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState(start);
  useZoomGestures(pane, {
    onChange: (change: ViewChange) => setShown((before) => change(before, frame)),
    swipe: isSwiped ? { onPull, onSwipe } : undefined,
  });
  return (
    <div ref={pane} data-testid="pane" style={{ touchAction: "none" }}>
      {JSON.stringify(shown)}
    </div>
  );
}

function show(start: View, { isSwiped = false } = {}) {
  render(<Pane start={start} isSwiped={isSwiped} />);
}

function fire(type: "down" | "move" | "up" | "cancel", finger: number, { x, y }: Point, at: number, kind = "touch") {
  const event = new PointerEvent(`pointer${type}`, {
    bubbles: true,
    pointerId: finger,
    pointerType: kind,
    isPrimary: finger === 1,
    button: type === "move" ? -1 : 0,
    buttons: type === "up" ? 0 : 1,
    clientX: x,
    clientY: y,
  });
  Object.defineProperty(event, "timeStamp", { value: at });
  act(() => void screen.getByTestId("pane").dispatchEvent(event));
}

function tap(at: number, { x = 50, milliseconds = 60, kind = "touch" } = {}) {
  fire("down", 1, { x, y: 50 }, at, kind);
  fire("up", 1, { x, y: 50 }, at + milliseconds, kind);
}

const view = () => JSON.parse(screen.getByTestId("pane").textContent) as View;
/** The middle of the photo in pixels from the middle of the pane. */
const middle = () => ({ x: (0.5 - view().x) * 600 * view().zoom, y: (0.5 - view().y) * 400 * view().zoom });
const near: View = { zoom: 5, x: 0.5, y: 0.5 };

beforeEach(() => {
  onSwipe.mockClear();
  onPull.mockClear();
});

describe("fingers", () => {
  it("drag with one, once it has moved further than a tap may", () => {
    show(near);
    fire("down", 1, { x: 0, y: 0 }, 0);
    fire("move", 1, { x: 3, y: 0 }, 20);
    expect(view()).toEqual(near);
    fire("move", 1, { x: 13, y: 0 }, 40);
    const before = middle();
    fire("move", 1, { x: 23, y: 5 }, 60);
    expect(middle().x - before.x).toBeCloseTo(10, 8);
    expect(middle().y - before.y).toBeCloseTo(5, 8);
    fire("up", 1, { x: 23, y: 5 }, 80);
    expect(view().zoom).toBe(5);
  });

  it("pinch with two, around their middle", () => {
    show(near);
    fire("down", 1, { x: 0, y: 0 }, 0);
    fire("down", 2, { x: 100, y: 0 }, 20);
    fire("move", 2, { x: 200, y: 0 }, 40);
    expect(view().zoom).toBeCloseTo(10, 8);
    // What was between the fingers, 50 pixels from the middle of the photo, is still between them, at 100.
    expect(middle().x + 2 * 50).toBeCloseTo(100, 8);
    fire("up", 2, { x: 200, y: 0 }, 60);
    fire("up", 1, { x: 0, y: 0 }, 60);
    tap(100);
    expect(view().zoom).toBeCloseTo(10, 8);
  });

  it("go on dragging with the one that is left after a pinch", () => {
    show(near);
    fire("down", 1, { x: 0, y: 0 }, 0);
    fire("down", 2, { x: 100, y: 0 }, 20);
    fire("move", 2, { x: 200, y: 0 }, 40);
    fire("up", 2, { x: 200, y: 0 }, 60);
    fire("move", 1, { x: 20, y: 0 }, 80);
    const before = middle();
    fire("move", 1, { x: 50, y: 0 }, 100);
    expect(middle().x - before.x).toBeCloseTo(30, 8);
    expect(view().zoom).toBeCloseTo(10, 8);
  });

  it("zoom to the photo's own pixels with a double tap, and back with another", () => {
    show(WHOLE);
    tap(0);
    expect(view()).toEqual(WHOLE);
    tap(200);
    expect(view().zoom).toBe(10);
    tap(400);
    expect(view().zoom).toBe(10);
    tap(600);
    expect(view()).toEqual(WHOLE);
  });

  it("do not double tap slowly, in two places or by resting", () => {
    show(WHOLE);
    tap(0);
    tap(2000);
    tap(2100, { x: 300 });
    tap(3000, { milliseconds: 900 });
    tap(4000, { x: 300 });
    expect(view()).toEqual(WHOLE);
  });
});

describe("a finger over the whole photo", () => {
  it("pulls it along one direction and swipes when it is lifted", () => {
    show(WHOLE, { isSwiped: true });
    fire("down", 1, { x: 0, y: 0 }, 0);
    fire("move", 1, { x: -90, y: 10 }, 200);
    expect(onPull).toHaveBeenLastCalledWith({ x: -90, y: 0 });
    fire("up", 1, { x: -90, y: 10 }, 300);
    expect(onPull).toHaveBeenLastCalledWith({ x: 0, y: 0 });
    expect(onSwipe.mock.calls).toEqual([["next"]]);
  });

  it("swipes neither after a pinch, nor when the browser takes the finger away", () => {
    show(WHOLE, { isSwiped: true });
    fire("down", 1, { x: 0, y: 0 }, 0);
    fire("down", 2, { x: 100, y: 0 }, 20);
    fire("up", 2, { x: 100, y: 0 }, 60);
    fire("move", 1, { x: -90, y: 0 }, 80);
    fire("up", 1, { x: -90, y: 0 }, 100);
    fire("down", 1, { x: 0, y: 0 }, 500);
    fire("move", 1, { x: -90, y: 0 }, 600);
    fire("cancel", 1, { x: -90, y: 0 }, 620);
    expect(onSwipe).not.toHaveBeenCalled();
  });

  it("is not a mouse, which double clicks all the same", () => {
    show(WHOLE, { isSwiped: true });
    fire("down", 1, { x: 0, y: 0 }, 0, "mouse");
    fire("move", 1, { x: -90, y: 0 }, 100, "mouse");
    fire("up", 1, { x: -90, y: 0 }, 200, "mouse");
    expect(onSwipe).not.toHaveBeenCalled();
    tap(500, { kind: "mouse" });
    tap(650, { kind: "mouse" });
    expect(view().zoom).toBe(10);
  });
});

describe("the wheel", () => {
  it("zooms around the pointer, and does not scroll the page", () => {
    show(near);
    const event = new WheelEvent("wheel", { deltaY: -100, clientX: 60, clientY: 0, bubbles: true, cancelable: true });
    act(() => void screen.getByTestId("pane").dispatchEvent(event));
    expect(event.defaultPrevented).toBe(true);
    const factor = view().zoom / 5;
    expect(factor).toBeCloseTo(Math.exp(0.25), 8);
    expect(60 - middle().x).toBeCloseTo(60 * factor, 8);
  });
});
