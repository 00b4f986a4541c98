import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import type { Photo } from "@/shared/api/schema-types";
import { renderInPage } from "@/shared/testing/render";

import { ZoomablePhoto } from "./zoomable-photo";

function show(width: number, height: number) {
  const photo = {
    id: "p",
    name: "IMG_1.jpg",
    content_type: "image/jpeg",
    byte_size: 10_000_000,
    width,
    height,
    preview_url: "/preview/",
    original_url: "/original/",
    large_url: null,
    capture: {},
  } as Photo;
  const { container } = renderInPage(
    <ZoomablePhoto
      photo={photo}
      view={{ zoom: 8, x: 0.5, y: 0.5 }}
      frame={{ width: 800, height: 600, photoWidth: width, photoHeight: height }}
      onMeasured={vi.fn()}
      onChange={vi.fn()}
      onChosen={vi.fn()}
    />,
  );
  return Array.from(container.querySelectorAll("img"), (image) => image.getAttribute("src"));
}

describe("a photo seen from near", () => {
  it("is its original", () => {
    expect(show(6000, 4500)).toEqual(["/preview/", "/original/"]);
    expect(screen.queryByText(/too large/)).toBeNull();
  });

  it("stays the preview where the original would fill the memory, and says so", () => {
    expect(show(16_000, 12_000)).toEqual(["/preview/"]);
    expect(screen.getByText("This is the preview; the original is too large for this browser.")).toBeTruthy();
  });
});
