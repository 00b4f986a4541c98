import { useQuery } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";

import { answerRequests, renderInPage } from "@/shared/testing/render";

import { type Step, useSteps } from "./steps";
import { timelineOf } from "./timeline";

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

function StarredPhoto() {
  const { take } = useSteps("album");
  const { data: timeline } = useQuery(timelineOf("album", {}));
  const expected = new Map([["a", { stars: 3 }]]);
  return (
    <button onClick={() => take({ name: "stars", photos: ["a"], stars: 3, expected })}>
      {timeline?.singles.map(({ stars, decision }) => `${decision} ${stars ?? "no"} stars`)}
    </button>
  );
}

it("shows stars before the service answers, and none again if it refuses them", async () => {
  const shown: (string | null)[] = [];
  const asked = answerRequests(({ path }) => {
    if (path.includes("/timeline/")) return { body: { clusters: [], singles: [{ id: "a", decision: "keep" }] } };
    if (!path.endsWith("/stars/")) return { body: {} };
    shown.push(screen.getByRole("button").textContent);
    return { status: 500, body: { code: "error", status: 500, detail: "" } };
  });
  renderInPage(<StarredPhoto />);
  await userEvent.click(await screen.findByRole("button", { name: "keep no stars" }));
  await vi.waitFor(() => expect(shown).toEqual(["keep 3 stars"]));
  expect(await screen.findByRole("button", { name: /no|0/ })).toBeInTheDocument();
  expect(asked.find(({ path }) => path.endsWith("/stars/"))?.body).toEqual({ photos: ["a"], stars: 3 });
});
