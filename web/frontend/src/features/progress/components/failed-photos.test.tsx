import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, it } from "vitest";

import { answerRequests, renderInPage } from "@/shared/testing/render";

import { FailedPhotos } from "./failed-photos";

const failed = (name: string, code: string) => ({ id: name, name, folder: "Trip/day 1", error: { code, message: "" } });
const ORPHAN = failed("IMG_1.xmp", "sidecar_without_photo");

it("offers another try of what may then work", async () => {
  answerRequests(() => ({ body: { next: null, results: [ORPHAN, failed("IMG_2.jpg", "crashed")] } }));
  renderInPage(<FailedPhotos album={{ id: "a", is_own: true }} count={2} />);
  expect(await screen.findByRole("button", { name: "Try again: IMG_2.jpg" })).toBeVisible();
  expect(screen.getByRole("button", { name: "Try all again" })).toBeVisible();
  expect(screen.queryByRole("button", { name: /Try again: IMG_1/ })).not.toBeInTheDocument();
  expect(screen.getAllByText("Trip/day 1")).toHaveLength(2);
});

it("offers to delete what cannot be read, and asks first", async () => {
  const user = userEvent.setup();
  const broken = failed("notes.jpg", "not_an_image");
  const asked = answerRequests(({ method }) => {
    return method === "DELETE"
      ? { status: 204 }
      : { body: { next: null, results: [broken, failed("a.jpg", "stopped")] } };
  });
  renderInPage(<FailedPhotos album={{ id: "a", is_own: true }} count={2} />);
  await user.click(await screen.findByRole("button", { name: "Delete notes.jpg" }));
  expect(screen.queryByRole("button", { name: "Try again: notes.jpg" })).not.toBeInTheDocument();
  expect(await screen.findByRole("dialog", { name: "Delete notes.jpg?" })).toBeVisible();
  expect(asked.some(({ method }) => method === "DELETE")).toBe(false);
  await user.click(screen.getByRole("button", { name: "Delete" }));
  await waitFor(() =>
    expect(asked).toContainEqual({ method: "DELETE", path: "/api/v1/photos/notes.jpg/", body: null }),
  );
  await user.click(screen.getByRole("button", { name: "Try all again" }));
  await waitFor(() => expect(asked.at(-1)?.body ?? asked.at(-2)?.body).toEqual({ photos: ["a.jpg"] }));
});

it("deletes all that cannot be read at once, after a question, and nothing that may still work", async () => {
  const user = userEvent.setup();
  const results = [failed("a.pdf", "not_an_image"), failed("b.jpg", "corrupt"), failed("c.jpg", "crashed"), ORPHAN];
  const asked = answerRequests(({ method }) => ({
    body: method === "POST" ? { deleted: 2 } : { next: null, results },
  }));
  renderInPage(<FailedPhotos album={{ id: "a", is_own: true }} count={4} />);
  await user.click(await screen.findByRole("button", { name: "Delete the 2 unreadable files" }));
  expect(await screen.findByRole("dialog", { name: "Delete 2 files?" })).toBeVisible();
  expect(asked.some(({ method }) => method === "POST")).toBe(false);
  await user.click(screen.getByRole("button", { name: "Delete" }));
  const path = "/api/v1/albums/a/photos/delete/";
  await waitFor(() => expect(asked).toContainEqual({ method: "POST", path, body: { photos: ["a.pdf", "b.jpg"] } }));
  expect(await screen.findByText("2 files have been deleted.")).toBeVisible();
});

it("counts all that cannot be read before it asks, also those that are not listed yet", async () => {
  const user = userEvent.setup();
  const all = ["a", "b", "c"].map((name) => failed(`${name}.pdf`, "not_an_image"));
  const asked = answerRequests(({ method, path }) => {
    if (method === "POST") return { body: { deleted: 3 } };
    const isWhole = path.includes("page_size");
    return {
      body: { next: isWhole ? null : "https://album.example/?cursor=2", results: isWhole ? all : all.slice(0, 2) },
    };
  });
  renderInPage(<FailedPhotos album={{ id: "a", is_own: true }} count={3} />);
  await user.click(await screen.findByRole("button", { name: "Delete all unreadable files" }));
  expect(await screen.findByRole("dialog", { name: "Delete 3 files?" })).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Delete" }));
  await waitFor(() => expect(asked.some(({ method }) => method === "POST")).toBe(true));
  expect(asked.find(({ method }) => method === "POST")?.body).toEqual({ photos: ["a.pdf", "b.pdf", "c.pdf"] });
});

it("deletes more than the service takes in one request by several", async () => {
  const user = userEvent.setup();
  const all = Array.from({ length: 1_001 }, (_, number) => failed(`${number}.pdf`, "not_an_image"));
  const asked = answerRequests(({ method, path, body }) => {
    if (method === "POST") return { body: { deleted: (body as { photos: string[] }).photos.length } };
    const isWhole = path.includes("page_size");
    return {
      body: { next: isWhole ? null : "https://album.example/?cursor=2", results: isWhole ? all : all.slice(0, 2) },
    };
  });
  renderInPage(<FailedPhotos album={{ id: "a", is_own: true }} count={1_001} />);
  await user.click(await screen.findByRole("button", { name: "Delete all unreadable files" }));
  expect(await screen.findByRole("dialog", { name: "Delete 1,001 files?" })).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Delete" }));
  expect(await screen.findByText("1,001 files have been deleted.")).toBeVisible();
  const bodies = asked.filter(({ method }) => method === "POST").map(({ body }) => body as { photos: string[] });
  expect(bodies.map(({ photos }) => photos.length)).toEqual([1_000, 1]);
});

it("offers none where only sidecars wait for their photos", async () => {
  answerRequests(() => ({ body: { next: null, results: [ORPHAN] } }));
  renderInPage(<FailedPhotos album={{ id: "a", is_own: true }} count={1} />);
  expect(await screen.findByText("IMG_1.xmp")).toBeVisible();
  expect(screen.queryByRole("button", { name: /Try/ })).not.toBeInTheDocument();
});
