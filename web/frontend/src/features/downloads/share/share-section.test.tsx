import { screen } from "@testing-library/react";
import { afterAll, beforeAll, expect, it } from "vitest";

import { answerRequests, renderInPage } from "@/shared/testing/render";

import { ShareSection } from "./share-section";

const { matchMedia } = globalThis;

// A phone at an address without https.
beforeAll(() => {
  globalThis.matchMedia = (query) => Object.assign(matchMedia(query), { matches: query === "(pointer: coarse)" });
  Object.assign(globalThis, { isSecureContext: false });
});
afterAll(() => {
  globalThis.matchMedia = matchMedia;
  Reflect.deleteProperty(globalThis, "isSecureContext");
});

it("folds the photos to save one by one where a browser cannot share, because the zip stands below", async () => {
  const photo = { id: "p1", name: "IMG_1.jpg", content_type: "image/jpeg", byte_size: 1, original_url: "/p1" };
  answerRequests(() => ({ body: { next: null, results: [photo] } }));
  renderInPage(<ShareSection albumId="a1" />);
  const link = await screen.findByRole("link", { name: "Save IMG_1.jpg", hidden: true });
  expect(link.closest("details")).not.toHaveAttribute("open");
});
