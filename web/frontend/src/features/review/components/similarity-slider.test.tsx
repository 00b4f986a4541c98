import { fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { renderInPage } from "@/shared/testing/render";

import { SimilaritySlider } from "./similarity-slider";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it("waits for the last of several keys", () => {
  const onChange = vi.fn();
  renderInPage(<SimilaritySlider similarity={0.5} onChange={onChange} />);
  fireEvent.keyDown(screen.getByRole("slider"), { key: "ArrowRight" });
  fireEvent.keyDown(screen.getByRole("slider"), { key: "ArrowRight" });
  expect(onChange).not.toHaveBeenCalled();
  vi.advanceTimersByTime(250);
  expect(onChange).toHaveBeenCalledExactlyOnceWith(0.6);
});

it("does not wait when a pointer lets go", () => {
  const onChange = vi.fn();
  renderInPage(<SimilaritySlider similarity={0.5} onChange={onChange} />);
  const thumb = screen.getByRole("slider");
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 100, 10));
  fireEvent.keyDown(thumb, { key: "ArrowRight" });
  fireEvent.pointerDown(thumb);
  fireEvent.mouseDown(thumb, { clientX: 80 });
  vi.advanceTimersByTime(20);
  fireEvent.mouseUp(document, { clientX: 80 });
  vi.advanceTimersByTime(1);
  expect(onChange).toHaveBeenCalledExactlyOnceWith(0.8);
  vi.advanceTimersByTime(250);
  expect(onChange).toHaveBeenCalledOnce();
});
