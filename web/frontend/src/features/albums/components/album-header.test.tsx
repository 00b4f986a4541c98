import { screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import type { Album } from "@/shared/api/schema-types";
import { renderAt } from "@/shared/testing/render-at";

import { AlbumHeader } from "./album-header";

const ALBUM = { id: "a", name: "Midsummer", is_own: true, photo_count: 3, grouping: "current" } as Album;
const PAGES = ["upload", "progress", "review", "download", "print", "share"];

it.each([
  ["upload", "Upload", "page"],
  ["progress", "Progress", "page"],
  ["review", "Review", "page"],
  ["download", "Download", "page"],
  ["print", "Download", "true"],
  ["share", "Share", "page"],
])("marks where the page %s is, and nothing else", async (page, marked, as) => {
  renderAt(`/albums/a/${page}`, <AlbumHeader album={ALBUM} isUploading={false} onDeleted={vi.fn()} />, [
    "/albums",
    ...PAGES.map((name) => `/albums/$albumId/${name}`),
  ]);
  await screen.findByRole("heading", { name: "Midsummer" });
  const current = screen.getAllByRole("link").filter((link) => link.hasAttribute("aria-current"));
  expect(current.map((link) => [link.textContent, link.getAttribute("aria-current")])).toEqual([[marked, as]]);
});
