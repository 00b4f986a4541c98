import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Export, ExportOptions, ExportPreview } from "@/shared/api/schema-types";
import { answerRequests, renderInPage } from "@/shared/testing/render";

import { DEFAULT_OPTIONS } from "../model/export-options";
import { READY_ZIP } from "../testing/ready-export";

import { DownloadPage } from "./download-page";

// There is no router here.
vi.mock("@tanstack/react-router", () => ({
  Link: ({ to, children }: { to: string; children: ReactNode }) => <a href={to}>{children}</a>,
}));

const PREVIEW: ExportPreview = {
  ready: true,
  photo_count: 12,
  file_count: 12,
  byte_size: 48_000_000,
  is_estimate: false,
  part_count: 1,
  has_photo_sets: false,
  folder_count: 0,
  uploaded_folder_count: 0,
  cluster_count: 9,
  single_count: 3,
  file_name: "Midsummer.zip",
  names: ["001 IMG_1.jpg", "002 IMG_2.jpg"],
  photos: [],
  selection_counts: { picks: 12, kept: 4, all: 40, stars: 5 },
  star_counts: [5, 5, 3, 1, 0],
  shelved_counts: { black: 2, white: 0, blurred: 1, empty: 0 },
  left_out_count: 0,
};

/** A service that answers each preview by what was asked for, and makes zips. */
function service({
  exports = [] as Export[],
  preview = {},
  isReadyAtOnce = false,
  refuse = null as ((options: ExportOptions) => string | null) | null,
} = {}) {
  const made = [...exports];
  return answerRequests(({ method, path, body }) => {
    const options = body as ExportOptions;
    if (path.endsWith("/exports/preview/")) {
      const code = refuse?.(options) ?? null;
      if (code !== null) {
        const errors = [{ field: "name_pattern", code, message: "in English" }];
        return { status: 400, body: { code: "invalid_input", status: 400, detail: "in English", errors } };
      }
      const count = PREVIEW.selection_counts[options.selection];
      return {
        body: { ...PREVIEW, ...preview, photo_count: count, names: [`${options.name_pattern} of ${options.layout}`] },
      };
    }
    if (path.endsWith("/exports/") && method === "POST") {
      const next: Export = {
        ...READY_ZIP,
        ...options,
        id: "e2",
        state: isReadyAtOnce ? "ready" : "queued",
        download_url: isReadyAtOnce ? READY_ZIP.download_url : null,
        files_written: 0,
      };
      made.unshift(next);
      return { status: 201, body: next };
    }
    if (path.endsWith("/exports/")) return { body: { next: null, results: made } };
    return undefined;
  });
}

beforeEach(() => {
  // jsdom has none.
  Element.prototype.scrollIntoView = vi.fn();
});

describe("the download page", () => {
  it("shows what would be in the zip, and what else could be", async () => {
    service();
    renderInPage(<DownloadPage albumId="a1" />);
    expect(await screen.findByRole("heading", { name: /12 photos/ })).toHaveTextContent("48 MB");
    expect(screen.getByText("from 9 groups · 3 on their own")).toBeInTheDocument();
    expect(screen.getByRole("radio", { name: /Everything except/ }).closest("label")).toHaveTextContent("40");
    expect(screen.getByText("{sequence} {name} of flat")).toBeInTheDocument();
  });

  it("says which photos are left out of the picks and why, and leads to them", async () => {
    const user = userEvent.setup();
    service();
    renderInPage(<DownloadPage albumId="a1" />);
    const said = await screen.findByText(/you probably do not want them: 2 black, 1 blurred\./);
    expect(within(said).getByRole("link")).toHaveAttribute("href", "/albums/$albumId/review");
    await user.click(screen.getByRole("radio", { name: /Everything except/ }));
    expect(screen.queryByText(/probably do not want/)).not.toBeInTheDocument();
  });

  it("offers what few people need behind one choice, and shows it where it was chosen", async () => {
    const user = userEvent.setup();
    const asked = service();
    const { unmount } = renderInPage(<DownloadPage albumId="a1" />);
    const more = (await screen.findByText("More choices")).closest("details");
    expect(more).not.toHaveAttribute("open");
    expect(screen.queryByRole("radio", { name: "Whole sets" })).not.toBeInTheDocument();
    await user.click(screen.getByLabelText(/Several zips of at most 4/));
    await user.click(screen.getByLabelText(/Small JPEGs/));
    await user.click(screen.getByLabelText(/A page to look at/));
    await user.click(screen.getByRole("button", { name: "Make a zip" }));
    await waitFor(() => expect(asked.some(({ method }) => method === "POST")).toBe(true));
    unmount();
    renderInPage(<DownloadPage albumId="a1" />);
    expect((await screen.findByText("More choices")).closest("details")).toHaveAttribute("open");
    expect(screen.getByLabelText(/Small JPEGs/)).toBeChecked();
    expect(screen.getByLabelText(/A page to look at/)).toBeChecked();
  });

  it("says that the size of JPEGs is an estimate, and how many zips there are", async () => {
    service({ preview: { is_estimate: true, part_count: 3, has_photo_sets: true } });
    renderInPage(<DownloadPage albumId="a1" />);
    expect(await screen.findByRole("heading", { name: /12 photos/ })).toHaveTextContent("about 48 MB");
    expect(screen.getByText(/in 3 zips/)).toBeInTheDocument();
    expect(screen.getByLabelText("Whole sets")).toBeInTheDocument();
  });

  it("lists the parts of the newest zip in their order, each with its own link", async () => {
    const parts = [2, 1].map((part) => ({
      ...READY_ZIP,
      id: `p${part}`,
      file_name: `Midsummer ${part} of 2.zip`,
      batch: "b1",
      part,
      part_count: 2,
      byte_size: 2e9,
      download_url: `http://localhost/api/v1/exports/p${part}/download/`,
    }));
    service({ exports: [...parts, { ...READY_ZIP, smaller: ["001 IMG_1.jpg"] }] });
    renderInPage(<DownloadPage albumId="a1" />);
    const newest = await screen.findByRole("list", { name: "The newest download" });
    const links = within(newest).getAllByRole("link");
    expect(links.map((link) => link.getAttribute("href"))).toEqual(
      [parts[1], parts[0]].map((part) => part?.download_url),
    );
    expect(within(newest).getAllByText(/resume it in the browser's list/)).toHaveLength(1);
    expect(screen.getByText("1 JPEG was made from the preview")).toBeInTheDocument();
  });

  it("counts zips alone when it offers a new one", async () => {
    const book = { ...READY_ZIP, id: "b1", kind: "book", file_name: "Midsummer.pdf" } as const;
    service({ exports: [book] });
    const { unmount } = renderInPage(<DownloadPage albumId="a1" />);
    expect(await screen.findByRole("button", { name: "Make a zip" })).toHaveAttribute("data-variant", "filled");
    unmount();
    service({ exports: [book, READY_ZIP] });
    renderInPage(<DownloadPage albumId="a1" />);
    expect(await screen.findByRole("button", { name: "Make a new zip" })).toHaveAttribute("data-variant", "default");
  });

  it("makes the zip that was chosen by keyboard, and knows the choice the next time", async () => {
    const user = userEvent.setup();
    const asked = service();
    const { unmount } = renderInPage(<DownloadPage albumId="a1" />);
    (await screen.findByRole("radio", { name: /Picked photos/ })).focus();
    await user.keyboard("{ArrowDown}{ArrowDown}");
    await user.click(screen.getByLabelText(/One folder for each group/));
    await user.click(screen.getByLabelText("Date, time and name"));
    await user.click(screen.getByLabelText(/Remove location/));
    await user.click(screen.getByLabelText(/Ratings for Lightroom/));
    await user.click(screen.getByLabelText(/The moment as a keyword/));
    expect(await screen.findByText("{date} {time} {name} of folders")).toBeInTheDocument();
    expect(screen.getByRole("heading", { name: /40 photos/ })).toBeInTheDocument();

    await user.click(screen.getByRole("button", { name: "Make a zip" }));
    const pattern = "{date} {time} {name}";
    const how = { layout: "folders", name_pattern: pattern, location: "strip", ratings: "embedded", moments: true };
    const chosen = { ...DEFAULT_OPTIONS, selection: "all", ...how };
    await waitFor(() =>
      expect(asked.find(({ method, path }) => method === "POST" && path.endsWith("/exports/"))?.body).toEqual(chosen),
    );
    expect(await screen.findByText("Waiting to start")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Make a zip" })).toBeDisabled();

    unmount();
    renderInPage(<DownloadPage albumId="another" />);
    expect(await screen.findByRole("radio", { name: /Everything except/ })).toBeChecked();
    expect(screen.getByLabelText(/Remove location/)).toBeChecked();
  });

  it("offers photos with stars where there are any, with the number that a zip would have", async () => {
    const user = userEvent.setup();
    const asked = service();
    renderInPage(<DownloadPage albumId="a1" />);
    const withStars = await screen.findByRole("radio", { name: /Photos with stars/ });
    expect(withStars.closest("label")).toHaveTextContent(/1 star or more5$/);
    await user.click(withStars);
    await user.click(screen.getByRole("radio", { name: "3 stars or more" }));
    expect(withStars.closest("label")).toHaveTextContent(/3 stars or more3$/);
    await user.click(screen.getByRole("button", { name: "Make a zip" }));
    const zip = () => asked.find(({ method, path }) => method === "POST" && path.endsWith("/exports/"))?.body;
    await waitFor(() => expect(zip()).toMatchObject({ selection: "stars", min_stars: 3 }));
    expect(await screen.findByText(/^3 stars or more ·/)).toBeInTheDocument();
  });

  it("says in the page's language why a pattern cannot be used, and asks for no such zip", async () => {
    const user = userEvent.setup();
    service({ refuse: ({ name_pattern: pattern }) => (pattern === "{name}" ? "pattern_stray_brace" : null) });
    renderInPage(<DownloadPage albumId="a1" />, { language: "sv" });
    await user.click(await screen.findByLabelText("Eget"));
    await user.clear(screen.getByLabelText("Mönster för namnen"));
    await user.click(screen.getByRole("button", { name: "Sätt in: Namn" }));
    expect(await screen.findByText(/En klammer saknar sin motpart/)).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Skapa en zip" })).toBeDisabled();
    // The numbers of the last pattern that could be used stay.
    expect(screen.getByRole("heading", { name: /12 bilder/ })).toBeInTheDocument();
  });

  it("offers the newest zip first, and names every file that may still tell the place", async () => {
    const earlier: Export = { ...READY_ZIP, id: "e0", state: "expired", download_url: null };
    const named = { not_cleaned: ["001 a.gif", "002 b.bmp"], not_cleaned_reasons: { "002 b.bmp": "damaged" } as const };
    service({ exports: [{ ...READY_ZIP, ...named }, earlier] });
    renderInPage(<DownloadPage albumId="a1" />);
    const newest = within(await screen.findByRole("list", { name: "The newest download" }));
    expect(newest.getByRole("link", { name: /Download Midsummer.zip/ })).toHaveAttribute(
      "href",
      READY_ZIP.download_url,
    );
    expect(newest.getByText(/12 files · 48 MB · kept until 27 Jun 2026/)).toBeInTheDocument();
    expect(newest.getByText(/location removed/)).toBeInTheDocument();
    expect(newest.getByText("The location may remain in 2 files")).toBeInTheDocument();
    expect(newest.getByText("001 a.gif")).toBeVisible(); // An older version did not say why.
    expect(newest.getByText(/002 b.bmp/)).toHaveTextContent("002 b.bmp · it is damaged or cut off");
    expect(screen.getByText("This download has expired · 12 files")).toBeInTheDocument();
  });

  it("makes a zip of ratings alone, which has no other options, and names files without them", async () => {
    const user = userEvent.setup();
    const names = { not_marked: ["day 1/IMG_1.xmp"], marked_beside: ["day 1/IMG_2.jpg"] };
    service({ exports: [{ ...READY_ZIP, ratings: "only", ...names }] });
    renderInPage(<DownloadPage albumId="a1" />);
    const newest = within(await screen.findByRole("list", { name: "The newest download" }));
    expect(newest.getByText("Ratings only, without photos")).toBeInTheDocument();
    expect(newest.getByText("1 file has no ratings")).toBeInTheDocument();
    expect(newest.getByText("day 1/IMG_1.xmp")).toBeVisible();
    expect(newest.getByText("1 JPEG has its ratings beside it")).toBeInTheDocument();
    expect(newest.getByText("day 1/IMG_2.jpg")).toBeVisible();
    expect(screen.queryByRole("checkbox", { name: /moment/ })).toBeNull();
    await user.click(await screen.findByRole("checkbox", { name: /Ratings for Lightroom/ }));
    const only = screen.getByRole("radio", { name: /Ratings only/ });
    await user.click(only);
    expect(only).toHaveFocus();
    await user.click(screen.getByRole("checkbox", { name: /The moment as a keyword/ }));
    expect(screen.getByRole("checkbox", { name: /The moment as a keyword/ })).toBeChecked();
    expect(await screen.findByRole("heading", { name: /Ratings of \d+ photos/ })).toBeInTheDocument();
    expect(screen.queryByRole("radio", { name: /Picked photos/ })).toBeNull();
    expect(screen.getByText("The zip contains no photos.")).toBeInTheDocument();
  });

  it.each(["only", "embedded"] as const)(
    "downloads only ratings alone by itself, not with ratings %s",
    async (ratings) => {
      const user = userEvent.setup();
      const press = vi.spyOn(HTMLAnchorElement.prototype, "click").mockReturnValue();
      service({ isReadyAtOnce: true });
      renderInPage(<DownloadPage albumId="a1" />);
      await user.click(await screen.findByRole("checkbox", { name: /Ratings for Lightroom/ }));
      if (ratings === "only") await user.click(screen.getByRole("radio", { name: /Ratings only/ }));
      expect(press).not.toHaveBeenCalled();
      await user.click(screen.getByRole("button", { name: "Make a zip" }));
      const link = await screen.findByRole("link", { name: /Download Midsummer.zip/ });
      expect(press.mock.instances).toEqual(ratings === "only" ? [link] : []);
    },
  );

  describe.each(["en", "sv"] as const)("of a zip that failed, in %s", (language) => {
    const FAILED: Export = { ...READY_ZIP, state: "failed", download_url: null, error_message: "The service's words." };
    const told = {
      original_missing: { en: "the original of “sea.jpg” is missing", sv: "originalet till ”sea.jpg” saknas" },
      original_corrupted: { en: "the original of “sea.jpg” is damaged", sv: "originalet till ”sea.jpg” är skadat" },
      crashed: { en: "stopped unexpectedly several times", sv: "avbröts oväntat flera gånger" },
      stopped: { en: "The operator of the service stopped it", sv: "Den som driver tjänsten har stoppat den" },
    };

    it.each(Object.entries(told))("says why: %s", async (code, words) => {
      const photo = code.startsWith("original") ? "sea.jpg" : "";
      service({ exports: [{ ...FAILED, error_code: code, error_photo_name: photo }] });
      renderInPage(<DownloadPage albumId="a1" />, { language });
      expect(await screen.findByText(words[language], { exact: false })).toBeVisible();
      expect(screen.getByRole("status")).not.toHaveTextContent("The service's words");
      // What to do about it.
      expect(screen.getByRole("status")).toHaveTextContent(language === "en" ? /make a new/i : /skapa en ny/i);
    });

    it("gives no advice any more once another was made", async () => {
      service({ exports: [READY_ZIP, { ...FAILED, id: "e0", error_code: "crashed" }] });
      renderInPage(<DownloadPage albumId="a1" />, { language });
      expect(await screen.findByText(told.crashed[language], { exact: false })).toBeVisible();
      expect(screen.queryByText(language === "en" ? /tell the operator/ : /hör av dig/)).toBeNull();
    });

    it.each(["", "not_known_yet"])("falls back to the service's words for %j", async (code) => {
      service({ exports: [{ ...FAILED, error_code: code }] });
      renderInPage(<DownloadPage albumId="a1" />, { language });
      expect(await screen.findByText("The service's words.", { exact: false })).toBeVisible();
    });
  });

  it("says what stays as it was uploaded when ratings are written", async () => {
    const user = userEvent.setup();
    service();
    renderInPage(<DownloadPage albumId="a1" />);
    expect(
      await screen.findByText("The zip contains the originals, byte for byte as you uploaded them."),
    ).toBeVisible();
    await user.click(screen.getByRole("checkbox", { name: /Ratings for Lightroom/ }));
    await user.click(screen.getByRole("radio", { name: /^Beside the files/ }));
    expect(screen.getByText(/^The photos in the zip are the originals, .* in XMP files beside them/)).toBeVisible();
    await user.click(screen.getByRole("radio", { name: /^In the JPEGs/ }));
    expect(screen.getByText(/^The JPEGs in the zip are copies/)).toBeVisible();
  });

  it("does not say that all is done while the last groups are made", async () => {
    answerRequests(({ path }) => {
      if (path.endsWith("/progress/")) return { body: { fraction: 1 } };
      return { body: path.endsWith("/preview/") ? { ...PREVIEW, ready: false } : { next: null, results: [] } };
    });
    renderInPage(<DownloadPage albumId="a1" />);
    expect(await screen.findByText(/^99% is done/)).toBeVisible();
  });

  it("says which limit is reached when no zip may be made", async () => {
    const user = userEvent.setup();
    answerRequests(({ method, path }) => {
      if (path.endsWith("/exports/preview/")) return { body: PREVIEW };
      if (method === "GET") return { body: { next: null, results: [] } };
      const problem = { code: "quota_exceeded", status: 403, detail: "in English" };
      return { status: 403, body: { ...problem, quota: "exports", limit: 20, used: 20 } };
    });
    renderInPage(<DownloadPage albumId="a1" />);
    await user.click(await screen.findByRole("button", { name: "Make a zip" }));
    expect(await screen.findByText(/You have 20 of at most 20 zips/)).toBeInTheDocument();
  });
});
