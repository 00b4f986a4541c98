import { describe, expect, it } from "vitest";

import type { Timeline, TimelineGroup, TimelinePhoto } from "@/shared/api/schema-types";

import { readReviewSearch } from "../review-search";

import { acceptanceOf, camerasOf, found } from "./find";

const photo = (name: string, camera: string, change: Partial<TimelinePhoto> = {}) =>
  ({
    id: name,
    name,
    camera,
    companions: [],
    kind: "photo",
    picked: false,
    decision: "auto",
    ...change,
  }) as TimelinePhoto;
const group = (id: string, photos: TimelinePhoto[], change: Partial<TimelineGroup> = {}) =>
  ({ id, kind: "moment", clear_winner: true, photos, ...change }) as TimelineGroup;

const TIMELINE: Timeline = {
  groups: [
    group("A", [photo("IMG_1.jpg", "Canon", { picked: true }), photo("DSC_9.jpg", "Nikon")]),
    group("B", [photo("IMG_2.jpg", "Canon", { picked: true }), photo("IMG_3.jpg", "Canon")], { clear_winner: false }),
    group("C", [photo("DSC_8.jpg", "Nikon", { picked: true, decision: "keep" })]),
  ],
  singles: [photo("scan.png", ""), photo("IMG_4.jpg", "Canon", { companions: ["IMG_4.CR3"] })],
};
const read = ({ groups, singles }: Timeline) => [...groups, ...singles].map(({ id }) => id).join(" ");

describe("what is looked for", () => {
  it("is found by a part of a name in any case, and by those of the other files of a shot", () => {
    expect(read(found(TIMELINE, { name: "img_" }))).toBe("A B IMG_4.jpg");
    expect(read(found(TIMELINE, { name: ".cr3" }))).toBe("IMG_4.jpg");
    expect(read(found(TIMELINE, { name: "none" }))).toBe("");
  });

  it("is found by camera, and both must be of one photo; groups stay whole", () => {
    const both = found(TIMELINE, { name: "9", camera: "Nikon" });
    expect(read(both)).toBe("A");
    expect(both.groups[0]).toBe(TIMELINE.groups[0]);
    expect(read(found(TIMELINE, { name: "9", camera: "Canon" }))).toBe("");
    expect(read(found(TIMELINE, { camera: "" }))).toBe("scan.png");
  });

  it("is everything where nothing is asked, and that is the same list", () => {
    expect(found(TIMELINE, {})).toBe(TIMELINE);
  });

  it("is among cameras that are counted, the busiest first", () => {
    expect(camerasOf(TIMELINE)).toEqual([
      ["Canon", 4],
      ["Nikon", 2],
      ["", 1],
    ]);
  });

  it("is all that is accepted: no group that is not shown", () => {
    const shown = found(TIMELINE, { camera: "Nikon" });
    expect(acceptanceOf(shown, "all")).toEqual({ ids: ["A"], acceptable: 1, unclear: 0, areClear: true });
    expect(acceptanceOf(TIMELINE, "all")).toMatchObject({ ids: ["A"], unclear: 1 });
    expect(acceptanceOf(TIMELINE, "unclear")).toMatchObject({ ids: ["B"], unclear: 0, areClear: false });
    expect(acceptanceOf(TIMELINE, "left-out").ids).toEqual([]);
  });

  it("stands in the address", () => {
    expect(readReviewSearch({ name: "IMG", camera: "" })).toEqual({ name: "IMG", camera: "" });
    expect(readReviewSearch({ name: 1234, camera: ["x"] })).toEqual({ name: "1234" });
    expect(readReviewSearch({ name: "" })).toEqual({});
  });
});
