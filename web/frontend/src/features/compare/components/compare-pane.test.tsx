import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import type { Photo, PhotoDecision } from "@/shared/api/schema-types";
import { renderInPage } from "@/shared/testing/render";

import { PhonePane } from "../phone/phone-pane";

import { ComparePane } from "./compare-pane";

function show(decision: PhotoDecision, namesFolder = false, onPhone = false) {
  const onSay = vi.fn();
  const onFace = vi.fn();
  const cells = [{ person: 4, closeUp: { x: 0.4, y: 0.3, width: 0.1, height: 0.1, person: 4, loss: 0 }, isBest: true }];
  const photo = {
    id: "p",
    name: "IMG_1.jpg",
    folder: "day/church",
    decision,
    picked: decision !== "reject",
    width: 4,
    height: 3,
  } as Photo;
  const views = { viewOf: () => ({ zoom: 1, x: 0, y: 0 }), frameOf: () => undefined, measured: vi.fn() };
  const common = {
    ...{ photo, place: 1, total: 2, active: true, views: views as never, scores: null, showHistogram: false },
    ...{ faces: { cellsOf: () => cells, show: onFace, first: () => false }, onView: vi.fn(), onChosen: vi.fn() },
  };
  if (onPhone) renderInPage(<PhonePane {...common} onFlip={vi.fn()} />);
  else renderInPage(<ComparePane {...common} namesFolder={namesFolder} onSay={onSay} onMark={vi.fn()} />);
  return { onSay, onFace };
}

function showButtons(decision: PhotoDecision) {
  return {
    ...show(decision),
    keep: screen.getByRole("button", { name: /Keep/ }),
    reject: screen.getByRole("button", { name: /Reject/ }),
  };
}

describe("the decision buttons", () => {
  const pressed = (...buttons: HTMLElement[]) => buttons.map((button) => button.getAttribute("aria-pressed"));

  it("say whether a person keeps the photo, not whether it is picked", () => {
    const rejected = showButtons("reject");
    expect(pressed(rejected.keep, rejected.reject)).toEqual(["false", "true"]);
    cleanup();
    const automatic = showButtons("auto");
    expect(pressed(automatic.keep, automatic.reject)).toEqual(["false", "false"]);
  });

  it("say what somebody wants", async () => {
    const { onSay, keep, reject } = showButtons("keep");
    await userEvent.click(keep);
    expect(onSay).toHaveBeenLastCalledWith("keep");
    await userEvent.click(reject);
    expect(onSay).toHaveBeenLastCalledWith("reject");
  });
});

describe("the faces of the photo", () => {
  it.each([false, true])("are zoomed to (on a phone: %s)", async (onPhone) => {
    const { onFace } = show("auto", false, onPhone);
    await userEvent.click(screen.getByRole("button", { name: "The face: the best of this person" }));
    expect(onFace).toHaveBeenCalledWith(4, "p");
  });
});

it("names the folder only where those beside it are from others", () => {
  show("auto");
  expect(screen.queryByText("church/")).not.toBeInTheDocument();
  cleanup();
  show("auto", true);
  expect(screen.getByText("church/")).toBeVisible();
});
