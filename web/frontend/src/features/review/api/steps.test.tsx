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
  // A page of an earlier test may still have asked for something of its own.
  const steps = () => asked.filter(({ path }) => path.startsWith("/api/v1/albums/album/"));
  await vi.waitFor(() => expect(steps().map(({ path }) => path.split("/").at(-2))).toEqual(["decision", "undo"]));
  expect(steps()[0]?.body).toEqual({ keep: ["a", "b"], reject: ["d"], auto: ["c"] });
});

function StarredPhoto() {
  const { take } = useSteps("album");
  const { data: timeline } = useQuery(timelineOf("album", {}));
  const expected = new Map([["a", { stars: 3 }]]);
  const said = timeline?.singles.map(({ stars, decision }) => `${decision} ${stars ?? "no"} stars`);
  return <button onClick={() => take({ name: "stars", photos: ["a"], stars: 3, expected })}>{said}</button>;
}

it("shows stars before the service answers, and none again if it refuses them", async () => {
  let refuse = (): void => undefined;
  const asked = answerRequests(({ path }) => {
    if (path.includes("/timeline/")) return { body: { clusters: [], singles: [{ id: "a", decision: "keep" }] } };
    return path.endsWith("/stars/") ? { status: 500, body: { code: "error", status: 500, detail: "" } } : { body: {} };
  });
  const answer = globalThis.fetch;
  globalThis.fetch = async (...request) => {
    if (request[0] instanceof Request && request[0].method === "POST") {
      await new Promise<void>((resolve) => (refuse = resolve));
    }
    return answer(...request);
  };
  renderInPage(<StarredPhoto />);
  await userEvent.click(await screen.findByRole("button", { name: "keep no stars" }));
  expect(await screen.findByRole("button", { name: "keep 3 stars" })).toBeInTheDocument();
  refuse();
  expect(await screen.findByRole("button", { name: /^keep (?:no|0) stars/ })).toBeInTheDocument();
  expect(asked.find(({ path }) => path.endsWith("/stars/"))?.body).toEqual({ photos: ["a"], stars: 3 });
});
