import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import type { Photo, PhotoDecision } from "@/shared/api/schema-types";
import { renderInPage } from "@/shared/testing/render";

import { ComparePane } from "./compare-pane";

function show(decision: PhotoDecision, namesFolder = false) {
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
  renderInPage(
    <ComparePane
      photo={photo}
      place={1}
      total={2}
      namesFolder={namesFolder}
      active
      views={views as never}
      faces={{ cellsOf: () => cells, show: onFace, first: () => false }}
      onView={vi.fn()}
      onChosen={vi.fn()}
      onSay={onSay}
      onMark={vi.fn()}
      scores={null}
      showHistogram={false}
    />,
  );
  return {
    onSay,
    onFace,
    keep: screen.getByRole("button", { name: /Keep/ }),
    reject: screen.getByRole("button", { name: /Reject/ }),
  };
}

describe("the decision buttons", () => {
  const pressed = (...buttons: HTMLElement[]) => buttons.map((button) => button.getAttribute("aria-pressed"));

  it("say whether a person keeps the photo, not whether it is picked", () => {
    const rejected = show("reject");
    expect(pressed(rejected.keep, rejected.reject)).toEqual(["false", "true"]);
    cleanup();
    const automatic = show("auto");
    expect(pressed(automatic.keep, automatic.reject)).toEqual(["false", "false"]);
  });

  it("say what somebody wants", async () => {
    const { onSay, keep, reject } = show("keep");
    await userEvent.click(keep);
    expect(onSay).toHaveBeenLastCalledWith("keep");
    await userEvent.click(reject);
    expect(onSay).toHaveBeenLastCalledWith("reject");
  });
});

describe("the faces of the photo", () => {
  it("are zoomed to, and the decision is below them", async () => {
    const { onFace } = show("auto");
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
