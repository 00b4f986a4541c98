import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";

import type { SharedAlbum, SharedDetails, SharedPhoto } from "@/shared/api/schema-types";
import { answerRequests, renderInPage } from "@/shared/testing/render";

import { GuestPage } from "./guest-page";

const ME = { name: "", choice_count: 0, finished_at: null };
const DETAILS: SharedDetails = {
  album_name: "Midsummer",
  role: "choose",
  photo_count: 3,
  wanted_count: 2,
  downloads: "none",
  ends_at: null,
  invited_by: null,
  me: ME,
};

const PHOTOS = [1, 2, 3].map((number): SharedPhoto => ({
  id: `p${number}`,
  kind: "photo",
  width: 3000,
  height: 2000,
  placeholder: "",
  taken_at: `2024-06-22T09:41:0${number}`,
  moment: null,
  seconds: null,
  chosen: false,
  thumbnail_url: `http://localhost/thumbnail/${number}`,
  preview_url: `http://localhost/preview/${number}`,
  video_url: null,
  download_url: null,
}));

const GONE = { status: 404, body: { code: "share_gone", status: 404, detail: "" } };

/** The service with one guest. `fails` answers requests for a choice in its place. */
function serve(change: Partial<SharedDetails> = {}, fails?: () => { status: number; body?: unknown } | undefined) {
  const details = { ...DETAILS, ...change };
  const chosen = new Set<string>();
  const state = { isGone: false, needsPassword: false, me: { ...ME, ...details.me } };
  const asked = answerRequests(({ method, path, body }) => {
    if (state.isGone) return GONE;
    const photo = /photos\/(\w+)\/choice/.exec(path)?.[1];
    if (photo) {
      const failure = fails?.();
      if (failure) return failure;
      if (method === "PUT") chosen.add(photo);
      else chosen.delete(photo);
      state.me = { ...state.me, choice_count: chosen.size, finished_at: null };
      return { body: state.me };
    }
    if (path.includes("/photos/")) {
      return { body: { results: PHOTOS.map((one) => ({ ...one, chosen: chosen.has(one.id) })), next: null } };
    }
    if (path.endsWith("/me/")) {
      state.me = { ...state.me, ...(body as { name: string }) };
      return { body: state.me };
    }
    if (path.endsWith("/finish/")) {
      state.me = { ...state.me, finished_at: "2026-06-20T10:00:00Z" };
      return { body: state.me };
    }
    if (path.endsWith("/password/")) {
      if ((body as { password: string }).password !== "right") {
        return { status: 403, body: { code: "share_password_wrong", status: 403, detail: "" } };
      }
      state.needsPassword = false;
    }
    const answer: SharedAlbum = state.needsPassword
      ? { needs_password: true, details: null }
      : { needs_password: false, details: { ...details, me: state.me } };
    return { body: answer };
  });
  return { asked, state, chosen };
}

const choose = (number: number) => screen.findByRole("button", { name: `Choose, Photo ${number} of 3` });

afterEach(() => vi.useRealTimers());

it("lets a guest choose as many as wanted, asks once for a name, and says that they are done", async () => {
  const { asked, chosen } = serve();
  renderInPage(<GuestPage token="secret" />);
  await userEvent.click(await choose(1));
  // It is chosen already: the name is for the owner, and may be left out.
  const dialog = await screen.findByRole("dialog", { name: "What is your name?" });
  await userEvent.type(within(dialog).getByLabelText("Name"), "Anna{Enter}");
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(screen.getByRole("button", { name: "You are Anna" })).toBeInTheDocument();
  await userEvent.click(await choose(3));
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
  expect(screen.getByText("2 of 2")).toBeInTheDocument();

  await userEvent.click(await choose(2));
  expect(await screen.findByText("That is all 2. Take one back to choose another.")).toBeInTheDocument();
  expect([...chosen]).toEqual(["p1", "p3"]);

  await userEvent.click(screen.getByRole("button", { name: "Only mine" }));
  expect(screen.getAllByRole("button", { name: /^Open/ })).toHaveLength(2);
  await userEvent.click(screen.getByRole("button", { name: "I’m done" }));
  expect(await screen.findByText("Thank you. Your choice has arrived.")).toBeInTheDocument();
  expect(asked.map(({ path }) => path)).toContain("/api/v1/shared/secret/finish/");
});

it("shows a choice at once, and sends it again when the service is back", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  let isDown = true;
  const { chosen } = serve({ role: "heart" }, () => (isDown ? { status: 503 } : undefined));
  renderInPage(<GuestPage token="secret" />);
  const heart = await screen.findByRole("button", { name: "Heart, Photo 2 of 3" });
  fireEvent.click(heart);
  await waitFor(() => expect(heart).toHaveAttribute("aria-pressed", "true"));
  expect(screen.getByText("1 heart")).toBeInTheDocument();
  expect(await screen.findByText("1 not saved yet…")).toBeInTheDocument();
  isDown = false;
  await act(() => vi.advanceTimersByTimeAsync(5_000));
  await waitFor(() => expect([...chosen]).toEqual(["p2"]));
  expect(await screen.findByText("Saved")).toBeInTheDocument();
});

it("sends what the last visit could not, also a photo taken back, and only once", async () => {
  const before = serve({ me: { ...ME, name: "Anna" } });
  before.chosen.add("p1");
  const answered = fetch;
  // The service never answers a choice, and the tab is closed meanwhile.
  globalThis.fetch = (input, init) =>
    input instanceof Request && input.url.endsWith("/choice/") ? new Promise(() => undefined) : answered(input, init);
  const { unmount } = renderInPage(<GuestPage token="0123456789secret" />);
  fireEvent.click(await choose(1));
  fireEvent.click(await choose(2));
  fireEvent.click(await choose(3));
  fireEvent.click(await choose(3));
  expect(await screen.findByText("4 not saved yet…")).toBeInTheDocument();
  unmount();
  expect(JSON.stringify(localStorage)).not.toContain("secret");

  const { asked, chosen } = serve({ me: { ...ME, name: "Anna" } });
  chosen.add("p1");
  const again = renderInPage(<GuestPage token="0123456789secret" />);
  expect(await screen.findByText("Saved")).toBeInTheDocument();
  expect([...chosen]).toEqual(["p2"]);
  expect(await choose(2)).toHaveAttribute("aria-pressed", "true");
  again.unmount();
  const sent = asked.length;
  renderInPage(<GuestPage token="0123456789secret" />);
  await choose(2);
  expect(asked.slice(sent).filter(({ method }) => method !== "GET")).toEqual([]);
});

it("takes back what the service refuses, and says why", async () => {
  const refusal = { code: "enough_chosen", status: 409, detail: "" };
  serve({}, () => ({ status: 409, body: refusal }));
  renderInPage(<GuestPage token="secret" />);
  await userEvent.click(await choose(1));
  expect(await screen.findByText("That is all 2. Take one back to choose another.")).toBeInTheDocument();
  await waitFor(async () => expect(await choose(1)).toHaveAttribute("aria-pressed", "false"));
});

it("goes through the large view by keys, and chooses there", async () => {
  const { chosen } = serve({ me: { ...ME, name: "Anna" } });
  renderInPage(<GuestPage token="secret" />);
  await userEvent.click(await screen.findByRole("button", { name: "Open Photo 1 of 3" }));
  const large = await screen.findByRole("dialog", { name: "Large view" });
  await userEvent.keyboard("{ArrowRight} ");
  expect(await within(large).findByText("Photo 2 of 3")).toBeInTheDocument();
  expect(within(large).getByRole("button", { name: "Chosen" })).toHaveAttribute("aria-pressed", "true");
  expect(within(large).getByText("1 of 2")).toBeInTheDocument();
  await waitFor(() => expect([...chosen]).toEqual(["p2"]));
  await userEvent.keyboard("{ArrowLeft}{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  await waitFor(() => expect(screen.getByRole("button", { name: "Open Photo 1 of 3" })).toHaveFocus());
});

it("closes the question for a name by Escape, and leaves the large view open", async () => {
  serve();
  renderInPage(<GuestPage token="secret" />);
  await userEvent.click(await screen.findByRole("button", { name: "Open Photo 1 of 3" }));
  const large = await screen.findByRole("dialog", { name: "Large view" });
  await userEvent.keyboard(" ");
  await screen.findByRole("dialog", { name: "What is your name?" });
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog", { name: "What is your name?" })).not.toBeInTheDocument());
  expect(large).toBeInTheDocument();
});

it("closes the large view and the slideshow by the browser's way back, and stays on the page", async () => {
  serve({ role: "look" });
  renderInPage(<GuestPage token="secret" />);
  const openers = [
    ["Open Photo 2 of 3", "Large view"],
    ["Slideshow", "Slideshow"],
  ] as const;
  for (const [button, title] of openers) {
    await userEvent.click(await screen.findByRole("button", { name: button }));
    expect(await screen.findByRole("dialog", { name: title })).toBeInTheDocument();
    act(() => history.back());
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  }
  // Closed by its own button, it leaves no entry behind at which the way back does nothing.
  await userEvent.click(screen.getByRole("button", { name: "Open Photo 1 of 3" }));
  await userEvent.click(await screen.findByRole("button", { name: "Close" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  await waitFor(() => expect(history.state).toBeNull());
});

it("asks for the password, and has friendly words for a link that is revoked while it is open", async () => {
  const { state } = serve({ role: "look" });
  state.needsPassword = true;
  renderInPage(<GuestPage token="secret" />);
  const field = await screen.findByLabelText("Password");
  await userEvent.type(field, "wrong{Enter}");
  expect(await screen.findByText(/^This is not the password/)).toBeInTheDocument();
  await userEvent.clear(field);
  await userEvent.type(field, "right{Enter}");
  const open = await screen.findByRole("button", { name: "Open Photo 1 of 3" });
  expect(screen.queryByRole("button", { name: /^Choose/ })).not.toBeInTheDocument();

  state.isGone = true;
  const picture = open.querySelector("img");
  if (picture) fireEvent.error(picture);
  expect(await screen.findByRole("heading", { name: "This link leads nowhere" })).toBeInTheDocument();
});
