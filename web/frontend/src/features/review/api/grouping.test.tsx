import { useQuery, useQueryClient } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";

import { answerRequests, renderInPage } from "@/shared/testing/render";

import { countsQuery } from "./counts";
import { groupingQuery, useGrouping } from "./grouping";
import { timelineOf } from "./timeline";

function Review() {
  const client = useQueryClient();
  const { progress } = useGrouping("album", false);
  useQuery(timelineOf("album", {}));
  useQuery(countsQuery("album"));
  const ask = () => void client.invalidateQueries({ queryKey: groupingQuery("album").queryKey });
  return <button onClick={ask}>{progress?.grouped_at ?? "unknown"}</button>;
}

it("reads the groups of a new grouping before all that is beside them", async () => {
  let groupedAt = "first";
  const asked = answerRequests(({ path }) => {
    if (path.endsWith("/progress/")) return { body: { done: true, grouped_at: groupedAt } };
    return { body: path.includes("/timeline/") ? { clusters: [], singles: [] } : {} };
  });
  const times = (part: string) => asked.filter(({ path }) => path.includes(part)).length;
  renderInPage(<Review />);
  await screen.findByRole("button", { name: "first" });
  await vi.waitFor(() => expect([times("/timeline/"), times("/counts/")]).toEqual([1, 1]));

  let answerList = (): void => undefined;
  const answer = globalThis.fetch;
  globalThis.fetch = async (...request) => {
    const answered = await answer(...request);
    if (request[0] instanceof Request && request[0].url.includes("/timeline/")) {
      await new Promise<void>((resolve) => (answerList = resolve));
    }
    return answered;
  };
  groupedAt = "second";
  await userEvent.click(screen.getByRole("button"));
  await vi.waitFor(() => expect(times("/timeline/")).toBe(2));
  await screen.findByRole("button", { name: "second" });
  expect(times("/counts/")).toBe(1);
  answerList();
  await vi.waitFor(() => expect(times("/counts/")).toBe(2));
});
