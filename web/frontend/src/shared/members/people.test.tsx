import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";

import { answerRequests, renderInPage } from "@/shared/testing/render";

import { useDecidersOf } from "./deciders";
import { People } from "./people";

const OWN = { id: "a", is_own: true, owner: "ada@example.org", member_count: 1 };
const OTHERS = { ...OWN, is_own: false };
const BOB = {
  id: "m1",
  address: "bob@example.org",
  address_is_confirmed: false,
  is_you: false,
  joined_at: "2026-01-01T00:00:00Z",
};

it("lets the owner remove people, and only after a question", async () => {
  let members = [BOB];
  const asked = answerRequests(({ method }) => {
    if (method !== "DELETE") return { body: { owner: OWN.owner, members } };
    members = [];
    return { status: 204 };
  });
  renderInPage(<People album={OWN} />);
  // Without a mail server nobody can show that an address is theirs.
  expect(await screen.findByText("Address not confirmed")).toBeInTheDocument();
  await userEvent.click(await screen.findByRole("button", { name: "Remove bob@example.org" }));
  expect(asked.some(({ method }) => method === "DELETE")).toBe(false);
  await userEvent.click(screen.getByRole("button", { name: "Remove" }));
  await vi.waitFor(() => expect(screen.queryByText("bob@example.org")).toBeNull());
  expect(asked.find(({ method }) => method === "DELETE")?.path).toBe("/api/v1/albums/a/members/m1/");
});

it("shows a member whose album it is, and lets them remove nobody", async () => {
  const you = { ...BOB, address_is_confirmed: true, is_you: true };
  answerRequests(() => ({ body: { owner: OTHERS.owner, owner_is_confirmed: true, members: [you] } }));
  renderInPage(<People album={OTHERS} />);
  expect(await screen.findByText("ada@example.org")).toBeInTheDocument();
  expect(screen.queryByRole("button")).toBeNull();
  expect(screen.queryByText(/not confirmed/)).toBeNull();
});

function Decisions({ album }: { album: typeof OWN }) {
  const { decidedBy } = useDecidersOf(album);
  const by = [undefined, "m1", "gone"].map((decided_by) =>
    decidedBy({ decision: "keep", ...(decided_by ? { decided_by } : {}) }),
  );
  return <p>{[...by, decidedBy({ decision: "auto" })].join("|")}</p>;
}

it.each([
  ["the owner", OWN, "|bob@example.org|somebody who left|"],
  ["a member", OTHERS, "ada@example.org||somebody who left|"],
])("names whose decisions they are, but not one's own: %s", async (_, album, words) => {
  answerRequests(() => ({ body: { owner: OWN.owner, members: [{ ...BOB, is_you: !album.is_own }] } }));
  renderInPage(<Decisions album={album} />);
  expect(await screen.findByText(words)).toBeInTheDocument();
});
