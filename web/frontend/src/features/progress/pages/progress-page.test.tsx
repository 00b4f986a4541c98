import { screen } from "@testing-library/react";
import { expect, it } from "vitest";

import type { Progress } from "@/shared/api/schema-types";
import { answerRequests, renderInPage } from "@/shared/testing/render";

import { ProgressPage } from "./progress-page";

const FAILED: Progress = {
  total: 10,
  pending: 0,
  uploaded: 0,
  preparing: 0,
  prepared: 0,
  embedding: 0,
  analyzed: 10,
  failed: 0,
  unfinished: 0,
  grouping: "failed",
  grouping_error: "The service's own words.",
  grouped_at: null,
  done: true,
  fraction: 1,
};

it("says in the page's language that the photos could not be grouped, and what to do", async () => {
  answerRequests(() => ({ body: FAILED }));
  const sending = { left: 0, unknown: 0 };
  const album = { id: "1", is_own: true, cluster_count: 0 };
  renderInPage(<ProgressPage album={album} sending={sending} offer={null} />, { language: "sv" });
  expect(await screen.findByRole("alert")).toHaveTextContent("Grupperingen av albumet har misslyckats flera gånger.");
  expect(screen.queryByText("The service's own words.")).toBeNull();
});
