import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import type { PersonalRanker } from "@/shared/api/schema-types";
import { answerRequests, renderInPage } from "@/shared/testing/render";

import { PersonalRankerSection } from "./personal-ranker-section";

const NOTHING: PersonalRanker = {
  state: "nothing",
  enabled: true,
  choices: 0,
  corrections: 0,
  corrections_needed: 20,
  agreed: 0,
  agreed_without: 0,
  learned_at: null,
};
const IN_USE: PersonalRanker = {
  ...NOTHING,
  state: "in_use",
  choices: 100,
  corrections: 40,
  agreed: 78,
  agreed_without: 60,
  learned_at: "2024-06-22T10:00:00Z",
};

function show(ranker: PersonalRanker, language: "en" | "sv" = "en") {
  let now = ranker;
  const asked = answerRequests(({ method, body }) => {
    if (method === "DELETE") {
      now = NOTHING;
      return { status: 204 };
    }
    if (method === "PATCH") {
      const { enabled } = body as { enabled: boolean };
      now = { ...now, enabled, state: enabled ? ranker.state : "off" };
    }
    return { body: now };
  });
  renderInPage(<PersonalRankerSection />, { language });
  return asked;
}

describe("what the choices have taught", () => {
  it("is nothing at first, with nothing to forget", async () => {
    show(NOTHING);
    expect(await screen.findByText("Nothing yet")).toBeVisible();
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("is counted until it is enough", async () => {
    show({ ...NOTHING, state: "collecting", choices: 31, corrections: 12 });
    expect(await screen.findByText(/reviewed 31 groups and changed the pick in 12/)).toBeVisible();
    expect(screen.getByText("12 of 20")).toBeVisible();
  });

  it("counts a single group as one", async () => {
    show({ ...NOTHING, state: "collecting", choices: 1, corrections: 1 }, "sv");
    expect(await screen.findByText(/granskat 1 grupp och/)).toBeVisible();
  });

  it("is shown with its figure beside the one without learning", async () => {
    show(IN_USE);
    expect(await screen.findByText("In use")).toBeVisible();
    expect(screen.getByText("78 of 100 · 78%")).toBeVisible();
    expect(screen.getByText("60 of 100 · 60%")).toBeVisible();
  });

  it("is shown also if it does not help, in the language of the page", async () => {
    show({ ...IN_USE, state: "not_better", agreed: 61 }, "sv");
    expect(await screen.findByText("Används inte")).toBeVisible();
    expect(screen.getByText("61 av 100 · 61 %")).toBeVisible();
  });

  it("is forgotten once that is confirmed", async () => {
    const asked = show(IN_USE);
    await userEvent.click(await screen.findByRole("button", { name: "Reset learning" }));
    const dialog = await screen.findByRole("dialog");
    expect(asked.map(({ method }) => method)).not.toContain("DELETE");
    await userEvent.click(within(dialog).getByRole("button", { name: "Reset learning" }));
    expect(await screen.findByText("Nothing yet")).toBeVisible();
    expect(asked).toContainEqual({ method: "DELETE", path: "/api/v1/account/personal-ranker/", body: null });
  });

  it("is switched off and on", async () => {
    const asked = show(IN_USE);
    await userEvent.click(await screen.findByRole("switch", { name: "Learn from my choices" }));
    expect(await screen.findByText("Off")).toBeVisible();
    expect(asked.at(-1)?.body).toEqual({ enabled: false });
    await userEvent.click(screen.getByRole("switch"));
    expect(await screen.findByText("In use")).toBeVisible();
  });
});
