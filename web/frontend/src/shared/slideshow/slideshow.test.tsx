import { act, fireEvent, screen } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";

import { renderInPage } from "@/shared/testing/render";

import type { LoadSlide, Slide } from "./slide";
import Slideshow from "./slideshow";

function slide(id: string, change: Partial<Slide> = {}): Slide {
  return { id, name: `${id}.jpg`, isVideo: false, takenAt: null, isBest: true, ...change };
}

const plays = vi.fn(() => Promise.resolve());

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  Object.assign(HTMLImageElement.prototype, { decode: () => Promise.resolve() });
  vi.spyOn(HTMLMediaElement.prototype, "play").mockImplementation(plays);
  vi.spyOn(HTMLMediaElement.prototype, "pause").mockReturnValue();
  return () => vi.useRealTimers();
});

function show(
  slides: readonly Slide[],
  { load = media, startAt = null }: { load?: LoadSlide; startAt?: string | null } = {},
) {
  const onClose = vi.fn();
  renderInPage(<Slideshow slides={slides} startAt={startAt} load={load} onClose={onClose} />);
  return onClose;
}

const media: LoadSlide = ({ id, isVideo }) =>
  Promise.resolve({ picture: `/${id}.webp`, video: isVideo ? `/${id}.mp4` : null });

const wait = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1000));
const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
/** The name of what is shown; the slide before is below it, hidden. */
const shown = () => screen.queryByRole("img")?.getAttribute("alt");

it("shows one photo after the other, and stops at the last", async () => {
  show([slide("a"), slide("b")]);
  await wait(0.1);
  expect(shown()).toBe("a.jpg");
  await wait(5);
  expect(shown()).toBe("b.jpg");
  await wait(5);
  expect(shown()).toBe("b.jpg");
  fireEvent.click(screen.getByRole("button", { name: "Play" }));
  await wait(0.1);
  expect(shown()).toBe("a.jpg");
});

it("begins again after the last one if somebody wants that, as often as it comes", async () => {
  show([slide("a"), slide("b")]);
  fireEvent.click(screen.getByRole("button", { name: "Begin again after the last one" }));
  const seen: unknown[] = [];
  for (let turn = 0; turn < 4; turn += 1) {
    await wait(turn === 0 ? 0.1 : 5);
    seen.push(shown());
  }
  expect(seen).toEqual(["a.jpg", "b.jpg", "a.jpg", "b.jpg"]);
});

it("pauses by the space bar, moves by arrows, and ends by Escape at what was shown last", async () => {
  const onClose = show([slide("a"), slide("b"), slide("c")], { startAt: "b" });
  await wait(0.1);
  press(" ");
  await wait(20);
  expect(shown()).toBe("b.jpg");
  expect(screen.getByText("2 of 3, b.jpg", { exact: false })).toHaveAttribute("aria-live", "polite");
  press("ArrowRight");
  await wait(0.1);
  expect(shown()).toBe("c.jpg");
  press("Escape");
  expect(onClose).toHaveBeenCalledWith("c");
});

it("shows only the best, until somebody wants all", async () => {
  show([slide("a"), slide("b", { isBest: false }), slide("c")]);
  await wait(0.1);
  expect(screen.getByText("1 of 2")).toBeVisible();
  press("b");
  expect(screen.getByText("1 of 3")).toBeVisible();
  await wait(5);
  expect(shown()).toBe("b.jpg");
});

it("waits for the end of a video, and goes on after one that the browser cannot play", async () => {
  show([slide("film", { isVideo: true }), slide("other", { isVideo: true }), slide("c")]);
  await wait(20);
  expect(plays).toHaveBeenCalled();
  fireEvent.ended(screen.getByLabelText("film.jpg"));
  await wait(0.1);
  fireEvent.error(screen.getByLabelText("other.jpg"));
  await wait(0.1);
  expect(shown()).toBe("other.jpg");
  await wait(5);
  expect(shown()).toBe("c.jpg");
});

it("loads the next one before it is shown, and goes on where one cannot be loaded", async () => {
  const load = vi.fn<LoadSlide>((one) => (one.id === "b" ? Promise.reject(new Error("gone")) : media(one)));
  show([slide("a"), slide("b"), slide("c")], { load });
  await wait(0.1);
  expect(load.mock.calls.map(([{ id }]) => id)).toEqual(["a", "b"]);
  await wait(5);
  expect(screen.getByText("b.jpg cannot be shown.")).toBeVisible();
  await wait(5);
  expect(shown()).toBe("c.jpg");
});

it("keeps the time for each photo in the browser", async () => {
  show([slide("a"), slide("b")]);
  press("-");
  press("-");
  await wait(0.1);
  await wait(2);
  expect(shown()).toBe("b.jpg");
  expect(JSON.parse(localStorage.getItem("slideshow") ?? "{}")).toMatchObject({ seconds: 2 });
});
