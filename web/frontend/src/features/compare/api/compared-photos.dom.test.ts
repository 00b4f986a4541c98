import { QueryClientProvider, QueryObserver } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { createElement, type ReactNode } from "react";
import { expect, it, vi } from "vitest";

import { createQueryClient } from "@/shared/api/query-client";
import type { Photo } from "@/shared/api/schema-types";
import { answerRequests } from "@/shared/testing/render";

import { choosablePhotos, type Compared, comparedPhotosQuery, useComparedDecision } from "./compared-photos";

const wanted = { photoIds: [], clusterId: "c1" };
const photos = (...ids: string[]) => ids.map((id) => ({ id }));

const ask = (photoIds: string[] = []): Promise<Compared> =>
  createQueryClient().query(comparedPhotosQuery("a1", { ...wanted, photoIds }));

async function compared(): Promise<string[]> {
  return choosablePhotos(await ask(), []).map(({ id }) => id);
}

it("reads a small group in one request", async () => {
  const asked = answerRequests(() => ({ body: { photo_count: 2, photos: photos("p1", "p2") } }));

  expect(await compared()).toEqual(["p1", "p2"]);
  expect(asked).toHaveLength(1);
});

it("reads a large group page by page", async () => {
  const list = "/api/v1/albums/a1/photos/?cluster=c1&page_size=500";
  answerRequests(({ path }) => {
    if (path.includes("/clusters/")) return { body: { photo_count: 3, photos: photos("p1") } };
    if (path.includes("cursor=more")) return { body: { next: null, results: photos("p3") } };
    return { body: { next: `http://localhost${list}&cursor=more`, results: photos("p1", "p2") } };
  });

  expect(await compared()).toEqual(["p1", "p2", "p3"]);
});

it("reads the whole group of each photo, because what one decides concerns the others", async () => {
  const groupOf: Record<string, string | null> = { p1: "c1", q1: "c2", s: null };
  const members: Record<string, string[]> = { c1: ["p1", "p2"], c2: ["q1", "q2"] };
  answerRequests(({ path }) => {
    const id = path.split("/").at(-2) ?? "";
    if (path.includes("/photos/")) return { body: { id, cluster_id: groupOf[id] } };
    if (!(id in members)) return { status: 404 };
    const found = photos(...(members[id] ?? []));
    return { body: { id, kept_whole: false, photo_count: found.length, photos: found } };
  });
  const shown = ["p1", "q1", "s"];

  const { groups, singles } = await ask(shown);

  expect(groups.map(({ photos: ofGroup }) => ofGroup.map(({ id }) => id))).toEqual([members.c1, members.c2]);
  expect(singles.map(({ id }) => id)).toEqual(["s"]);
  expect(choosablePhotos({ groups, singles }, shown).map(({ id }) => id)).toEqual(["p1", "p2", "q1", "s"]);
});

/** The steps of a comparison, whose requests are answered by hand with the stars that the photo has then. */
function compare() {
  const client = createQueryClient();
  const { queryKey } = comparedPhotosQuery("a1", wanted);
  client.setQueryData<Compared>(queryKey, { groups: [], singles: [{ id: "p1" } as Photo] });
  const stars = () => client.getQueryData<Compared>(queryKey)?.singles.map((photo) => photo.stars);
  const sent: ((stars: number) => void)[] = [];
  globalThis.fetch = () =>
    new Promise((resolve) => {
      sent.push((given) => resolve(Response.json({ photos: [{ id: "p1", stars: given }] })));
    });
  const wrapper = ({ children }: { children: ReactNode }) => createElement(QueryClientProvider, { client }, children);
  const { result, unmount } = renderHook(() => useComparedDecision("a1"), { wrapper });
  const give = (count: number) => result.current.marking.mutate({ photoId: "p1", stars: count });
  return { client, sent, stars, give, leave: unmount };
}

it("sends one step after the other, and shows the last while an earlier one is answered", async () => {
  const { client, sent, stars, give } = compare();
  act(() => {
    give(1);
    give(2);
  });
  await waitFor(() => expect(stars()).toEqual([2]));
  expect(sent).toHaveLength(1);
  sent[0]?.(1);
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(stars()).toEqual([2]);
  sent[1]?.(2);
  await waitFor(() => expect(client.isMutating()).toBe(0));
  expect(stars()).toEqual([2]);
});

it.each([
  ["still here", false, 1],
  ["back in the review already", true, 2],
])("lets the review ask again for its list: somebody is %s", async (_, hasLeft, asked) => {
  const { client, sent, give, leave } = compare();
  const list = vi.fn(() => Promise.resolve("list"));
  const stop = new QueryObserver(client, { queryKey: ["albums", "timeline", "a1"], queryFn: list }).subscribe(vi.fn());
  act(() => give(1));
  await waitFor(() => expect(sent).toHaveLength(1));
  if (hasLeft) leave();
  sent[0]?.(1);
  await waitFor(() => expect(client.isMutating()).toBe(0));
  expect(list).toHaveBeenCalledTimes(asked);
  stop();
});
