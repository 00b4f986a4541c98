import { expect, it } from "vitest";

import { createQueryClient } from "@/shared/api/query-client";
import { answerRequests } from "@/shared/testing/render";

import { comparedPhotosQuery } from "./compared-photos";

const wanted = { photoIds: [], clusterId: "c1" };
const photos = (...ids: string[]) => ids.map((id) => ({ id }));

async function compared(): Promise<string[]> {
  const found = await createQueryClient().query(comparedPhotosQuery("a1", wanted));
  return found.map(({ id }) => id);
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
