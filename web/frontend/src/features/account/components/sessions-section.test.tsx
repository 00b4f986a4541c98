import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import type { SignedInSession } from "@/shared/api/schema-types";
import { answerRequests, renderInPage } from "@/shared/testing/render";

import { SessionsSection } from "./sessions-section";

const HERE: SignedInSession = {
  id: "00000000-0000-4000-8000-000000000001",
  browser: "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
  created_at: "2024-06-21T10:00:00Z",
  last_used_at: "2024-06-22T10:00:00Z",
  is_current: true,
};
const THERE = { ...HERE, id: "00000000-0000-4000-8000-000000000002", browser: "curl/8", is_current: false };

function show(language: "en" | "sv" = "en") {
  let sessions = [HERE, THERE];
  const asked = answerRequests(({ method }) => {
    if (method !== "DELETE") return { body: { next: null, results: sessions } };
    sessions = [HERE];
    return { status: 204 };
  });
  renderInPage(<SessionsSection />, { language });
  return asked;
}

describe("where the account is signed in", () => {
  it("is listed with the time of the last use", async () => {
    show();
    expect(await screen.findByText("Firefox on Linux")).toBeVisible();
    expect(screen.getByText("This browser")).toBeVisible();
    expect(screen.getAllByText(/Signed in 21 Jun 2024 · last used 22 Jun 2024/)).toHaveLength(2);
  });

  it("can be ended for each browser but this one", async () => {
    const asked = show();
    await userEvent.click(await screen.findByRole("button", { name: "Sign out curl/8" }));
    await waitFor(() => expect(screen.queryByText("curl/8")).toBeNull());
    expect(asked.filter(({ method }) => method === "DELETE").map(({ path }) => path)).toEqual([
      `/api/v1/sessions/${THERE.id}/`,
    ]);
    expect(screen.queryByRole("button", { name: /^Sign out/ })).toBeNull();
  });

  it("is said in Swedish", async () => {
    show("sv");
    expect(await screen.findByText("Firefox på Linux")).toBeVisible();
    expect(screen.getByRole("button", { name: "Logga ut curl/8" })).toBeVisible();
  });
});
