import { screen } from "@testing-library/react";
import { expect, it } from "vitest";

import type { Album } from "@/shared/api/schema-types";
import { renderAt } from "@/shared/testing/render-at";

import { AlbumCard } from "./album-card";

it("breaks a line between two facts, not inside one", async () => {
  const album = { id: "a1", name: "Midsummer", is_own: true, photo_count: 46, picked_count: 29, failed_count: 3 };
  renderAt("/albums", <AlbumCard album={{ ...album, grouping: "current" } as Album} isUploading={false} />, [
    "/albums",
  ]);
  const facts = await screen.findByText("46 photos · 29 picked · 3 failed");
  expect(facts.textContent.split(" ")).toEqual(["46\u00a0photos", "·", "29\u00a0picked", "·", "3\u00a0failed"]);
});

it("lets the address of an owner break before its marks, not inside a word", async () => {
  const album = { id: "a1", name: "Midsummer", owner: "anna@photos.example.org", is_own: false, photo_count: 0 };
  renderAt("/albums", <AlbumCard album={{ ...album, grouping: "current" } as Album} isUploading={false} />, [
    "/albums",
  ]);
  expect((await screen.findByText("Owner: anna@photos.example.org")).innerHTML).toBe(
    "Owner: anna<wbr>@photos<wbr>.example<wbr>.org",
  );
});
