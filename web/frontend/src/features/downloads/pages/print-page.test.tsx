import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Export, PrintOptions, PrintPage as Page, PrintPreview } from "@/shared/api/schema-types";
import { answerRequests, renderInPage } from "@/shared/testing/render";

import { READY_ZIP } from "../testing/ready-export";

import { PrintPage } from "./print-page";

// There is no router here.
vi.mock("@tanstack/react-router", () => ({
  Link: ({ to, children }: { to: string; children: ReactNode }) => <a href={to}>{children}</a>,
}));

const BOX = { x: 20, y: 15, width: 200, height: 150 };
const PAGE: Page = {
  pictures: [{ photo_id: "p1", name: "IMG_1.jpg", frame: BOX, whole: BOX, thumbnail_url: "http://localhost/p1" }],
  texts: [{ x: 20, y: 190, text: "Midsummer", size: 6, width: 200, align: "left", is_grey: false }],
  lines: [],
};
const EMPTY: Page = { pictures: [], texts: [], lines: [] };

const PREVIEW: PrintPreview = {
  ready: true,
  photo_count: 12,
  most_photos: 600,
  page_count: 6,
  byte_size: 30_000_000,
  file_name: "Midsummer.pdf",
  width: 297,
  height: 210,
  pages: [PAGE, PAGE, PAGE, PAGE, PAGE, EMPTY],
  soft: [{ photo_id: "p7", name: "IMG_7.jpg", dpi: 90 }],
  selection_counts: { picks: 12, kept: 4, all: 40, stars: 0 },
  star_counts: [0, 0, 0, 0, 0],
};

const READY: Export = {
  ...READY_ZIP,
  kind: "book",
  print_notes: { left_out: ["IMG_9.heic"], soft: {}, missing_characters: "🎉ب" },
  name_pattern: "{name}",
  location: "keep",
  file_name: "Midsummer.pdf",
  file_count: 13,
  files_written: 13,
  byte_size: 30_000_000,
};

function service({ exports = [] as Export[], preview = PREVIEW } = {}) {
  const made = [...exports];
  return answerRequests(({ method, path, body }) => {
    if (path.endsWith("/prints/preview/")) return { body: preview };
    if (path.endsWith("/prints/") && method === "POST") {
      const { kind, selection } = body as PrintOptions;
      made.unshift({ ...READY, kind, selection, id: "e2", state: "building", download_url: null, files_written: 5 });
      return { status: 201, body: made[0] };
    }
    if (path.endsWith("/exports/")) return { body: { next: null, results: made } };
    return undefined;
  });
}

beforeEach(() => {
  // jsdom has none.
  Element.prototype.scrollIntoView = vi.fn();
  localStorage.clear();
});

describe("the page to print", () => {
  it("shows the pages as they lie open, and what is amiss", async () => {
    service();
    renderInPage(<PrintPage albumId="a1" albumName="Midsummer" />);
    const pages = await screen.findByRole("region", { name: "The pages" });
    const labels = within(pages)
      .getAllByRole("img")
      .map((page) => page.getAttribute("aria-label"));
    expect(labels).toEqual(["The cover", "Page 2", "Page 3", "Page 4", "Page 5", "The last page, which is empty"]);
    expect([...pages.children].map((opened) => opened.childElementCount)).toEqual([1, 2, 2, 1]);
    expect(screen.getByRole("heading", { name: "6 pages" })).toBeInTheDocument();
    expect(screen.getByText("IMG_7.jpg: 90 pixels an inch")).toBeInTheDocument();
  });

  it("makes the book that was chosen, with its progress", async () => {
    const user = userEvent.setup();
    const asked = service();
    renderInPage(<PrintPage albumId="a1" albumName="Midsummer" />);
    await user.click(await screen.findByRole("radio", { name: "Square, 21 × 21 cm" }));
    await user.click(screen.getByRole("radio", { name: /somebody wrote/ }));
    await user.type(screen.getByLabelText("Title"), "Lake");
    await waitFor(() => expect(screen.getByRole("button", { name: "Make the book" })).toBeEnabled());
    await user.click(screen.getByRole("button", { name: "Make the book" }));
    expect(await screen.findByText("5 of 13 photos placed")).toBeInTheDocument();
    const chosen = { kind: "book", paper: "square_21", captions: "descriptions", title: "Lake", language: "en" };
    expect(asked.find(({ path, method }) => method === "POST" && path.endsWith("/prints/"))?.body).toMatchObject(
      chosen,
    );
    expect(screen.getByRole("button", { name: "Make the book" })).toBeDisabled();
  });

  it("begins a contact sheet with all photos, five in a row", async () => {
    const user = userEvent.setup();
    const asked = service();
    renderInPage(<PrintPage albumId="a1" albumName="Midsummer" />);
    await user.click(await screen.findByRole("radio", { name: /Contact sheet/ }));
    expect(screen.getByRole("radio", { name: /Everything except/ })).toBeChecked();
    expect(screen.queryByRole("radio", { name: "A4 portrait" })).not.toBeInTheDocument();
    await waitFor(() => expect(asked.at(-1)?.body).toMatchObject({ kind: "contact_sheet", columns: 5 }));
  });

  it("says what is not in a finished book", async () => {
    service({ exports: [READY, { ...READY, id: "z", kind: "zip", file_name: "Midsummer.zip" }] });
    renderInPage(<PrintPage albumId="a1" albumName="Midsummer" />);
    expect(await screen.findByText("1 photo is not in it")).toBeInTheDocument();
    expect(screen.getByText("IMG_9.heic")).toBeInTheDocument();
    expect(screen.getByText(/question marks stand for them: 🎉 ب/)).toBeInTheDocument();
    expect(screen.queryByText("Midsummer.zip")).not.toBeInTheDocument();
  });

  it("offers a new book where there is one, and not a new contact sheet", async () => {
    const user = userEvent.setup();
    service({ exports: [READY] });
    renderInPage(<PrintPage albumId="a1" albumName="Midsummer" />);
    expect(await screen.findByRole("button", { name: "Make a new book" })).toHaveAttribute("data-variant", "default");
    await user.click(screen.getByRole("radio", { name: /Contact sheet/ }));
    const button = screen.getByRole("button", { name: "Make the contact sheet" });
    expect(button).toHaveAttribute("data-variant", "filled");
  });

  it("refuses a book of too many photos, and says how many it may have", async () => {
    service({ preview: { ...PREVIEW, photo_count: 700 } });
    renderInPage(<PrintPage albumId="a1" albumName="Midsummer" />);
    expect(await screen.findByText(/at most 600 photos, and these are 700/)).toBeInTheDocument();
    // The pages that are shown are those of the first 600.
    expect(screen.queryByRole("heading", { name: "6 pages" })).not.toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Make the book" })).not.toBeInTheDocument();
  });
});
