import { fireEvent, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, it, vi } from "vitest";

import type { Timeline, TimelinePhoto } from "@/shared/api/schema-types";
import { renderInPage } from "@/shared/testing/render";

import type { Find } from "../model/find";
import type { Place } from "../model/places";

import { FindMenu } from "./find-menu";

const photo = (name: string, camera: string) =>
  ({ id: name, name, camera, companions: [] }) as unknown as TimelinePhoto;
const ALL: Timeline = { groups: [], singles: [photo("a", "Canon"), photo("b", "Nikon"), photo("c", "")] };
const PLACES: readonly Place[] = [
  { level: "year", index: 0, photoId: "a", day: "2024-06-15", hour: "10" },
  { level: "hour", index: 4, photoId: "b", day: "2024-06-15", hour: "12" },
  { level: "untimed", index: 7, photoId: "c", day: "", hour: "" },
];

async function open(find: Find = {}) {
  const [onFind, onJump] = [vi.fn(), vi.fn()];
  const timeline = { all: ALL, shown: ALL };
  renderInPage(<FindMenu find={find} timeline={timeline} places={PLACES} onFind={onFind} onJump={onJump} />);
  await userEvent.click(screen.getByRole("button", { name: /^Find/ }));
  return { onFind, onJump };
}

it("jumps to an hour; the menu closes for a pointer and stays for keys, which may go on", async () => {
  const { onJump } = await open();
  const jump = await screen.findByLabelText("Jump to");
  const words = [...jump.querySelectorAll("option, optgroup")].map(
    (one) => one.getAttribute("label") ?? one.textContent,
  );
  // Versions of the language's rules differ in the comma.
  expect(words.map((word) => word.replace(",", ""))).toEqual([
    "Choose a time",
    "Saturday 15 June 2024",
    "10:00",
    "12:00",
    "Without a time",
  ]);
  fireEvent.keyDown(jump, { key: "ArrowDown" });
  fireEvent.change(jump, { target: { value: "a" } });
  expect(onJump).toHaveBeenLastCalledWith(PLACES[0], false);
  fireEvent.pointerDown(jump);
  fireEvent.change(jump, { target: { value: "b" } });
  expect(onJump).toHaveBeenLastCalledWith(PLACES[1], true);
  await vi.waitFor(() => expect(screen.queryByLabelText("Jump to")).toBeNull());
});

it("finds by name and camera together, and says what it shows", async () => {
  const { onFind } = await open({ camera: "Nikon" });
  expect(await screen.findByText("3 photos in no group")).toBeInTheDocument();
  await userEvent.type(screen.getByLabelText("File name"), "DSC");
  await vi.waitFor(() => expect(onFind).toHaveBeenLastCalledWith({ name: "DSC", camera: "Nikon" }));
  await userEvent.selectOptions(screen.getByLabelText("Camera"), "None named (1)");
  expect(onFind).toHaveBeenLastCalledWith({ name: "DSC", camera: "" });
});

it("stops with one press, and says so to screen readers", async () => {
  const onFind = vi.fn();
  const timeline = { all: ALL, shown: ALL };
  renderInPage(<FindMenu find={{ name: "DSC" }} timeline={timeline} places={[]} onFind={onFind} onJump={vi.fn()} />);
  expect(screen.getByRole("button", { name: "Find: DSC" })).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Show all photos again" }));
  expect(onFind).toHaveBeenCalledWith({});
});
