import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";

import { answerRequests, renderInPage } from "@/shared/testing/render";

import { type Step, useSteps } from "./steps";

const DECIDE: Step = {
  name: "decide",
  decided: [
    { photos: ["a", "b"], decision: "keep" },
    { photos: ["c"], decision: "auto" },
    { photos: ["d"], decision: "reject" },
  ],
  expected: new Map(),
};

function Steps() {
  const { take } = useSteps("album");
  return (
    <>
      <button onClick={() => take(DECIDE)}>decide</button>
      <button onClick={() => take({ name: "undo" })}>undo</button>
    </>
  );
}

it("decides about several photos each in its own way in one request, which one undo takes back", async () => {
  const change = { id: 1, kind: "decision" };
  const asked = answerRequests(({ path }) => {
    if (path.endsWith("/undo/")) return { body: { photos: [], clusters: [], removed_clusters: [], change } };
    return { body: { photos: [] } };
  });
  renderInPage(<Steps />);
  await userEvent.click(screen.getByRole("button", { name: "decide" }));
  await userEvent.click(screen.getByRole("button", { name: "undo" }));
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect(asked.map(({ path }) => path.split("/").at(-2))).toEqual(["decision", "undo"]);
  expect(asked[0]?.body).toEqual({ keep: ["a", "b"], reject: ["d"], auto: ["c"] });
});
