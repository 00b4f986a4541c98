import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";

import type { Share, ShareInput } from "@/shared/api/schema-types";
import { answerRequests, renderInPage } from "@/shared/testing/render";

import { SharePage } from "./share-page";

const SHARE: Share = {
  id: "s1",
  name: "",
  role: "look",
  selection: "picks",
  min_stars: 1,
  wanted_count: null,
  downloads: "none",
  plays_videos: false,
  has_password: false,
  ends_at: null,
  revoked_at: null,
  is_open: true,
  url: "https://photos.example/s/abc",
  visit_count: 0,
  download_count: 0,
  last_visited_at: null,
  created_at: "2026-06-20T10:00:00Z",
  guest_count: 0,
  chosen_count: 0,
};

const GUESTS = [
  { id: "g1", name: "Anna", created_at: "2026-06-20T10:00:00Z", finished_at: "2026-06-20T11:00:00Z", choice_count: 2 },
  { id: "g2", name: "", created_at: "2026-06-20T10:00:00Z", finished_at: null, choice_count: 1 },
];
const by = (...guests: string[]) => guests.map((id) => ({ id, name: id === "g1" ? "Anna" : "", chosen_at: "" }));
const photo = (id: string, guests: ReturnType<typeof by>) => ({
  id,
  name: `${id}.jpg`,
  width: 3,
  height: 2,
  placeholder: "",
  thumbnail_url: "http://localhost/thumbnail",
  preview_url: "http://localhost/preview",
  decision: "auto",
  picked: true,
  guests,
});

/** The service with these links. */
function serve(shares: Share[], decision: "auto" | "keep" = "auto") {
  let all = shares;
  const chosen = [photo("p1", by("g1", "g2")), photo("p2", by("g1"))];
  return answerRequests(({ method, path, body }) => {
    if (path.includes("/albums/a1/shares/")) {
      if (method === "GET") return { body: { results: all, next: null } };
      const made = { ...SHARE, ...(body as ShareInput) };
      all = [made, ...all];
      return { status: 201, body: made };
    }
    if (path.endsWith("/guests/delete/")) return { body: { deleted: 1 } };
    if (path.includes("/guests/")) return { body: { results: GUESTS, next: null } };
    if (path.includes("/choices/")) {
      return { body: { results: chosen.map((one) => ({ ...one, decision })), next: null } };
    }
    if (path.endsWith("/take-over/")) {
      return { body: { taken_over: 1, already_kept: 1, rejected: 0, change: { id: 7, kind: "take_over" } } };
    }
    if (path.endsWith("/undo/")) return { body: { photos: [], clusters: [], removed_clusters: [], change: {} } };
    if (method === "DELETE") {
      all = all.map((share) => ({ ...share, is_open: false, revoked_at: "2026-06-21T10:00:00Z" }));
      return { status: 204 };
    }
    if (method === "PATCH") return { body: { ...SHARE, ...(body as object) } };
    return undefined;
  });
}

const bodiesOf = (asked: ReturnType<typeof serve>, end: string) =>
  asked.filter(({ method, path }) => method !== "GET" && path.endsWith(end)).map(({ body }) => body);

it("makes the usual link by one click, and copies it by another", async () => {
  const asked = serve([]);
  renderInPage(<SharePage albumId="a1" />);
  const user = userEvent.setup();
  const copied = vi.spyOn(navigator.clipboard, "writeText");
  await user.click(await screen.findByRole("button", { name: "Create a link" }));
  await user.click(await screen.findByRole("button", { name: "Copy" }));
  expect(bodiesOf(asked, "/shares/")).toEqual([{ role: "look", selection: "picks", downloads: "none" }]);
  expect(copied).toHaveBeenCalledWith(SHARE.url);
  expect(screen.getByRole("heading", { name: "The link is ready. Send it." })).toBeInTheDocument();
});

it("asks for the number at once, and for everything else only when wanted", async () => {
  const asked = serve([]);
  renderInPage(<SharePage albumId="a1" />);
  await userEvent.click(await screen.findByRole("radio", { name: /^Choose photos/ }));
  expect(screen.queryByLabelText("Password")).not.toBeInTheDocument();
  await userEvent.keyboard("20");
  await userEvent.click(screen.getByRole("button", { name: /^Password, end/ }));
  await userEvent.type(screen.getByLabelText("Password"), "swordfish");
  await userEvent.selectOptions(screen.getByLabelText("What may they save?"), "The originals");
  await userEvent.click(screen.getByRole("button", { name: "Create a link" }));
  await screen.findByRole("heading", { name: "Choose 20 photos" });
  expect(bodiesOf(asked, "/shares/")).toEqual([
    { role: "choose", selection: "picks", downloads: "original", wanted_count: 20, password: "swordfish" },
  ]);
});

it("shows who chose what, takes over what one of them chose, undoes it, and removes a guest", async () => {
  const asked = serve([{ ...SHARE, role: "heart", guest_count: 2, chosen_count: 2 }]);
  renderInPage(<SharePage albumId="a1" />);
  await userEvent.click(await screen.findByRole("button", { name: "2 people, 2 photos" }));
  expect(await screen.findByAltText("p1.jpg, chosen by Anna, A guest")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Take over 2 photos" })).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "A guest 1" }));
  expect(screen.queryByAltText(/^p2/)).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Take over 1 photo" }));
  expect(bodiesOf(asked, "/take-over/")).toEqual([{ guests: ["g2"] }]);
  expect(await screen.findByText("1 photo kept. 1 was kept before.")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(await screen.findByText("Taken back.")).toBeInTheDocument();
  expect(bodiesOf(asked, "/albums/a1/undo/")).toHaveLength(1);
  await userEvent.click(screen.getByRole("button", { name: "Remove this guest" }));
  const dialog = await screen.findByRole("dialog", { name: "Remove A guest?" });
  await userEvent.click(within(dialog).getByRole("button", { name: "Remove this guest" }));
  expect(await screen.findByAltText(/^p2/)).toBeInTheDocument();
  expect(bodiesOf(asked, "/guests/delete/")).toEqual([{ guests: ["g2"] }]);
});

it("says when links lead nowhere on other devices, and does not when they do", async () => {
  serve([{ ...SHARE, role: "edit", url: "http://localhost:8000/s/abc" }]);
  const { unmount } = renderInPage(<SharePage albumId="a1" />);
  expect(await screen.findByRole("alert")).toHaveTextContent("These links open on this computer only");
  // People who edit see the whole album, so the card names no selection.
  expect(screen.getByText("not opened yet")).toBeInTheDocument();
  unmount();
  serve([SHARE]);
  renderInPage(<SharePage albumId="a1" />);
  expect(await screen.findByText("The picks · not opened yet")).toBeInTheDocument();
  expect(screen.queryByRole("alert")).not.toBeInTheDocument();
});

it("offers to take over nothing that is kept already", async () => {
  serve([{ ...SHARE, role: "heart", guest_count: 2, chosen_count: 2 }], "keep");
  renderInPage(<SharePage albumId="a1" />);
  await userEvent.click(await screen.findByRole("button", { name: "2 people, 2 photos" }));
  expect(await screen.findByText("You keep all of these.")).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: /^Take over/ })).not.toBeInTheDocument();
});

it("asks before it revokes a link, and then lists it among those that are over", async () => {
  const asked = serve([SHARE]);
  renderInPage(<SharePage albumId="a1" />);
  await userEvent.click(await screen.findByRole("button", { name: "Actions for the link: Look" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Revoke" }));
  const dialog = await screen.findByRole("dialog");
  expect(bodiesOf(asked, "/shares/s1/")).toEqual([]);
  await userEvent.click(within(dialog).getByRole("button", { name: "Revoke" }));
  await screen.findByRole("heading", { name: "Revoked and ended" });
  expect(bodiesOf(asked, "/shares/s1/")).toEqual([null]);
  await waitFor(() => expect(screen.queryByRole("button", { name: "Copy" })).not.toBeInTheDocument());
});
