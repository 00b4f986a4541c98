import { screen, within } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";

import { renderInPage } from "@/shared/testing/render";

import { HelpPage } from "./help-page";

afterEach(() => localStorage.clear());

it.each([
  ["own", ["1", "9"]],
  ["lightroom", ["Shift+1", "Shift+9"]],
])("says what a digit does, with the keys as in %s", (preset, keys) => {
  localStorage.setItem("keys", JSON.stringify(preset));
  renderInPage(<HelpPage />);
  const row = screen.getByText("Keep only the shot with this number").closest("div");
  if (!row) throw new Error("No row.");
  expect([...within(row).getByRole("definition").children].map((key) => key.textContent)).toEqual(keys);
});
