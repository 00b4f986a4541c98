import { describe, expect, it } from "vitest";

import type { PhotoDecision } from "@/shared/api/schema-types";
import { expectedPicks } from "@/shared/picks/expected-picks";

import { decisionOn, type Said } from "./decisions";

/** The shots of these decisions, the best first, as the service picks among them. */
function groupOf(...decisions: PhotoDecision[]) {
  const photos = decisions.map((decision, rank) => ({
    id: "abc".charAt(rank),
    rank,
    decision,
    kind: "photo" as const,
    shelf: "" as const,
    picked: false,
    left_out: false,
  }));
  const picks = expectedPicks({ kept_whole: false, photos });
  return { kept_whole: false, photos: photos.map((photo) => ({ ...photo, picked: picks.has(photo.id) })) };
}

function picksAfter(said: Said, id: string, group: ReturnType<typeof groupOf>): string {
  const photo = group.photos.find((one) => one.id === id);
  const expected = photo && decisionOn(said, photo, group)?.expected;
  return group.photos
    .filter((one) => expected?.get(one.id)?.picked ?? one.picked)
    .map((one) => one.id)
    .join("");
}

describe("what one says of a photo that is compared", () => {
  it.each([
    ["keeps a second shot beside the automatic pick", "keep", "b", ["auto", "auto", "auto"], "ab"],
    ["keeps a third one", "keep", "c", ["keep", "keep", "auto"], "abc"],
    ["takes the keeping of one back", "keep", "b", ["keep", "keep", "auto"], "a"],
    ["keeps the automatic pick", "keep", "a", ["auto", "auto"], "a"],
    ["goes back to the automatic pick when the last is taken back", "keep", "b", ["auto", "keep"], "a"],
    ["keeps only one, and no other of the group", "only", "b", ["keep", "auto", "keep"], "b"],
    ["passes the pick on when it is rejected", "reject", "a", ["auto", "auto"], "b"],
    ["takes a rejection back", "reject", "a", ["reject", "auto"], "a"],
    ["leaves it to the automatic pick", "leave", "b", ["auto", "keep"], "a"],
  ] as const)("%s", (_, said, id, decisions, picks) => {
    expect(picksAfter(said, id, groupOf(...decisions))).toBe(picks);
  });

  it("concerns a photo in no group alone", () => {
    const [photo] = groupOf("auto").photos;
    expect(photo && decisionOn("only", photo, undefined)?.decided).toEqual([{ photos: ["a"], decision: "keep" }]);
    expect(photo && decisionOn("keep", photo, undefined)?.decided).toEqual([{ photos: ["a"], decision: "keep" }]);
  });
});
