import { screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, it, vi } from "vitest";

import type { Album } from "@/shared/api/schema-types";
import { renderInPage } from "@/shared/testing/render";

import { AlbumCard } from "./album-card";

// There is no router here.
vi.mock("@tanstack/react-router", () => ({
  Link: ({ children }: { children: ReactNode }) => <a href="/">{children}</a>,
}));

it("lets the address of an owner break before its marks, not inside a word", () => {
  const album = { id: "a1", name: "Midsummer", owner: "anna@photos.example.org", is_own: false, photo_count: 0 };
  renderInPage(<AlbumCard album={{ ...album, grouping: "current" } as Album} isUploading={false} />);
  expect(screen.getByText("Owner: anna@photos.example.org").innerHTML).toBe(
    "Owner: anna<wbr>@photos<wbr>.example<wbr>.org",
  );
});
