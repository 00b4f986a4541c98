import { cleanup, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";

import { renderInPage } from "@/shared/testing/render";

import type { Page } from "./commands";
import { KeysDialog } from "./keys-dialog";

function show(page: Page, language: "en" | "sv" = "en") {
  renderInPage(<KeysDialog page={page} opened onClose={vi.fn()} />, { language });
}

/** The keys of a command, as the dialog shows them. */
function keysOf(words: string): string[] {
  const row = screen.getByText(words).closest("div");
  if (!row) throw new Error("No row.");
  return [...within(row).getByRole("definition").children].map((key) => key.textContent);
}

afterEach(() => vi.restoreAllMocks());

describe("the dialog of keys", () => {
  it("lists what applies on the page, with undo", async () => {
    show("review");
    expect(await screen.findByText("Accept the pick and go to the next group")).toBeInTheDocument();
    expect(screen.queryByText("Move together or separately")).not.toBeInTheDocument();
    expect(keysOf("Undo the last step")).toEqual(["U", "Ctrl+Z"]);
    expect(keysOf("Keep the shot, or undo that")).toEqual(["Space"]);
    cleanup();
    show("compare");
    expect(await screen.findByText("Move together or separately")).toBeInTheDocument();
    expect(screen.queryByText("Accept the pick and go to the next group")).not.toBeInTheDocument();
    expect(keysOf("Keep the shot, or undo that")).toEqual(["Space"]);
  });

  it("names the keys as the keyboard does", async () => {
    vi.spyOn(navigator, "userAgent", "get").mockReturnValue("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)");
    show("large", "sv");
    expect(await screen.findByText("Tangenter")).toBeInTheDocument();
    expect(keysOf("Gör om det")).toEqual(["R", "⇧⌘Z"]);
    expect(keysOf("Behåll bilden, eller ångra det")).toEqual(["Mellanslag"]);
  });

  it("changes the keys, in this browser from now on", async () => {
    show("review");
    await userEvent.selectOptions(await screen.findByRole("combobox", { name: "Keys as in" }), "Lightroom");
    expect(keysOf("Keep the shot, or undo that")).toEqual(["P"]);
    cleanup();
    show("compare");
    expect(await screen.findByRole("combobox")).toHaveValue("lightroom");
    expect(keysOf("Keep only this one of the group")).toEqual(["Shift+P"]);
  });
});
