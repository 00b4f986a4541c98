import { fireEvent } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import type { TimelinePhoto } from "@/shared/api/schema-types";
import { PRESET_NAMES } from "@/shared/keyboard/presets";
import { renderInPage } from "@/shared/testing/render";

import type { Row } from "../model/rows";

import type { AllActions } from "./use-review-actions";
import { useReviewKeys } from "./use-review-keys";

const photo = { id: "p" } as TimelinePhoto;
const row = { kind: "singles", key: "r", size: 100, height: 100, photos: [photo], all: [photo] } as unknown as Row;

function Keys({ isOpen, actions, inside }: { isOpen: boolean; actions: AllActions; inside?: string }) {
  useReviewKeys({
    rows: [row],
    activeId: "p",
    isOpen,
    isZoomed: false,
    isSelecting: false,
    actions,
    firstInView: () => null,
    show: vi.fn(),
    openLarge: vi.fn(),
    closeLarge: vi.fn(),
    setZoomed: vi.fn(),
    toggleLayer: vi.fn(),
    openSlideshow: vi.fn(),
    showKeys: vi.fn(),
  });
  return (
    <div role={inside}>
      <button type="button">Elsewhere</button>
    </div>
  );
}

function play(options: { isOpen?: boolean; preset?: string; inside?: string }) {
  if (options.preset) localStorage.setItem("keys", JSON.stringify(options.preset));
  const actions = { toggleKeep: vi.fn(), makePick: vi.fn(), toggleReject: vi.fn(), leave: vi.fn(), undo: vi.fn() };
  const { getByRole } = renderInPage(
    <Keys isOpen={options.isOpen ?? false} actions={actions as unknown as AllActions} inside={options.inside} />,
  );
  return { actions, button: getByRole("button", { hidden: true }) };
}

const PRESSED = {
  own: { keep: [" ", "Space"], only: ["o", "KeyO"] },
  lightroom: { keep: ["p", "KeyP"], only: ["P", "KeyP"] },
  narrative: { keep: ["p", "KeyP"], only: ["o", "KeyO"] },
  photoMechanic: { keep: ["t", "KeyT"], only: ["o", "KeyO"] },
} as const;

describe.each([false, true])("with the large view open: %s", (isOpen) => {
  it.each(PRESET_NAMES)("one key keeps, one keeps only this one and one rejects, as in %s", (preset) => {
    const { actions } = play({ isOpen, preset });
    const { keep, only } = PRESSED[preset];
    fireEvent.keyDown(document.body, { key: keep[0], code: keep[1] });
    expect(actions.toggleKeep).toHaveBeenCalledExactlyOnceWith("p");
    expect(actions.makePick).not.toHaveBeenCalled();
    fireEvent.keyDown(document.body, { key: only[0], code: only[1], shiftKey: only[0] === "P" });
    expect(actions.makePick).toHaveBeenCalledExactlyOnceWith("p");
    fireEvent.keyDown(document.body, { key: "x", code: "KeyX" });
    expect(actions.toggleReject).toHaveBeenCalledExactlyOnceWith("p");
  });
});

it.each(["menu", "dialog"])("leaves the keys of a %s alone", (inside) => {
  const { actions, button } = play({ inside });
  button.focus();
  fireEvent.keyDown(button, { key: "x", code: "KeyX" });
  fireEvent.keyDown(button, { key: "z", code: "KeyZ", ctrlKey: true });
  expect(actions.toggleReject).not.toHaveBeenCalled();
  expect(actions.undo).not.toHaveBeenCalled();
});
