import { fireEvent, screen } from "@testing-library/react";
import { expect, it } from "vitest";

import type { Photo } from "@/shared/api/schema-types";
import { answerRequests, renderInPage } from "@/shared/testing/render";
import { WHOLE } from "@/shared/zoom/pan-zoom";

import { ReviewedAlbumContext } from "../hooks/use-thumbnail";

import { LargePicture } from "./large-picture";

const FRAME = { width: 1200, height: 800, photoWidth: 6000, photoHeight: 4000 };
const PHOTO = {
  id: "p",
  content_type: "image/jpeg",
  width: 6000,
  height: 4000,
  byte_size: 9_000_000,
  capture: {},
  large_url: null,
  original_url: "/original",
} as Photo;

async function show(photo: Partial<Photo>, zoom: number) {
  const thumbnail = { id: "p", folder: "", placeholder: "", reasons: [], thumbnail_url: "/s", preview_url: "/m" };
  answerRequests(() => ({ body: { results: [thumbnail] } }));
  const { container } = renderInPage(
    <ReviewedAlbumContext value="album">
      <LargePicture
        photoId="p"
        detail={{ ...PHOTO, ...photo }}
        alt="Shot 1"
        view={{ ...WHOLE, zoom }}
        frame={FRAME}
        pulled={{ x: 0, y: 0 }}
        inspection={{ info: false, peaking: false, clipping: false, toggle: () => undefined }}
        reader={{ ask: () => Promise.resolve(null) } as never}
      />
    </ReviewedAlbumContext>,
  );
  await screen.findByAltText("Shot 1");
  return () => [...container.querySelectorAll("img")].map((image) => image.getAttribute("src"));
}

it("lays the original over the preview once its pixels count, and says at which size", async () => {
  const sources = await show({}, 5);
  expect(sources()).toEqual(["/s", "/m", "/original"]);
  expect(screen.getByRole("status")).toHaveTextContent("100%");
  expect(screen.getByText("Loading the original…")).toBeInTheDocument();
  const [, , original] = document.querySelectorAll("img");
  if (original) fireEvent.load(original);
  expect(screen.queryByText("Loading the original…")).not.toBeInTheDocument();
});

it("loads no original for the whole photo", async () => {
  expect((await show({}, 1))()).toEqual(["/s", "/m"]);
});

it.each([
  [{ large_url: "/large", content_type: "image/x-nikon-nef" }, ["/s", "/m", "/large"], "100%"],
  [{ content_type: "image/tiff" }, ["/s", "/m"], "100%Shown at 2,048 pixels: browsers do not open TIFF."],
  [{ byte_size: 2e8 }, ["/s", "/m"], "100%Shown at 2,048 pixels: the original is too large for this browser."],
])("says so where the preview is all there is (%#)", async (photo, shown, words) => {
  expect((await show(photo, 5))()).toEqual(shown);
  expect(screen.getByRole("status").textContent.replace("Loading the original…", "")).toBe(words);
});

it("keeps the preview when the original does not load", async () => {
  const sources = await show({}, 5);
  const [, , original] = document.querySelectorAll("img");
  if (original) fireEvent.error(original);
  expect(sources()).toEqual(["/s", "/m"]);
  expect(screen.getByRole("status")).toHaveTextContent("Shown at 2,048 pixels: the original did not load.");
});
