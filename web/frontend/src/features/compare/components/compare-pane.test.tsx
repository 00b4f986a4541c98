import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import type { Photo, PhotoDecision } from "@/shared/api/schema-types";
import { renderInPage } from "@/shared/testing/render";

import { ComparePane } from "./compare-pane";

function show(decision: PhotoDecision) {
  const onDecide = vi.fn();
  const photo = { id: "p", name: "IMG_1.jpg", decision, picked: decision !== "reject", width: 4, height: 3 } as Photo;
  const views = { viewOf: () => ({ zoom: 1, x: 0, y: 0 }), frameOf: () => undefined, measured: vi.fn() };
  renderInPage(
    <ComparePane
      photo={photo}
      place={1}
      total={2}
      active
      views={views as never}
      onView={vi.fn()}
      onChosen={vi.fn()}
      onDecide={onDecide}
      scores={null}
      showHistogram={false}
    />,
  );
  return {
    onDecide,
    keep: screen.getByRole("button", { name: /Keep/ }),
    reject: screen.getByRole("button", { name: /Reject/ }),
  };
}

describe("the decision buttons", () => {
  it("say what is decided, and decide otherwise", async () => {
    const { onDecide, keep, reject } = show("reject");
    expect([keep, reject].map((button) => button.getAttribute("aria-pressed"))).toEqual(["false", "true"]);
    await userEvent.click(keep);
    expect(onDecide).toHaveBeenLastCalledWith("keep");
  });

  it("leave the photo to the ranking when pressed again", async () => {
    const { onDecide, keep, reject } = show("keep");
    await userEvent.click(keep);
    expect(onDecide).toHaveBeenLastCalledWith("auto");
    await userEvent.click(reject);
    expect(onDecide).toHaveBeenLastCalledWith("reject");
  });
});
