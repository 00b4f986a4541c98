import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";

import { renderInPage } from "@/shared/testing/render";

import { OTHER_LIMITS } from "./share-files";
import { ShareRun } from "./share-run";
import { ShareSteps } from "./share-steps";

const FILES = ["a.jpg", "b.jpg"].map((name) => ({ id: name, name, url: `/${name}`, type: "image/jpeg", size: 1 }));

it("says what happened and leads on by one button, which keeps the focus", async () => {
  const share = vi.fn().mockRejectedValueOnce(new DOMException("", "AbortError")).mockResolvedValueOnce(undefined);
  const fetchFile = vi.fn().mockRejectedValueOnce(new TypeError("Failed to fetch"));
  fetchFile.mockImplementation(({ name }: { name: string }) => Promise.resolve(new File(["x"], name)));
  const run = new ShareRun(FILES, OTHER_LIMITS, { share, fetchFile, isOnline: () => false });
  renderInPage(<ShareSteps run={run} onStop={vi.fn()} onAgain={vi.fn()} />, { language: "sv" });

  void run.start();
  expect(await screen.findByText(/Du är offline/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Försök igen" }));
  const button = await screen.findByRole("button", { name: "Dela 1–2 av 2" });
  expect(share).not.toHaveBeenCalled();
  await userEvent.click(button);
  expect(await screen.findByText("Inget delades: rutan stängdes.")).toBeVisible();
  expect(screen.queryByText(/överlämnade/)).toBeNull();

  await userEvent.keyboard("{Enter}");
  expect(await screen.findByText("Alla 2 bilder överlämnade.")).toBeVisible();
  expect(screen.getByRole("button", { name: "Dela igen" })).toHaveFocus();
});
