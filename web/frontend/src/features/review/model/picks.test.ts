import { describe, expect, it } from "vitest";

import type { PhotoDecision } from "@/shared/api/schema-types";
import { type Decided, makePick, rejectAll, toggleKeep, toggleReject, toggleSingle } from "@/shared/picks/decisions";
import { expectedPicks } from "@/shared/picks/expected-picks";

import { accept, heroOf, isDecided, isFolded, isLeftOut, isUnclear, keepAll } from "./picks";

interface Member {
  id: string;
  rank: number;
  decision: PhotoDecision;
  picked: boolean;
  left_out: boolean;
  kind: "photo" | "video";
}

/** The photos of these decisions, the best first; the last ones are videos. */
function groupOf(decisions: PhotoDecision[], keptWhole = false, videos = 0) {
  const photos: Member[] = decisions.map((decision, rank) => ({
    id: "abcdef".charAt(rank),
    rank,
    decision,
    picked: false,
    left_out: false,
    kind: rank < decisions.length - videos ? "photo" : "video",
  }));
  const group = { kept_whole: keptWhole, photos };
  const picks = expectedPicks(group);
  return { ...group, photos: photos.map((photo) => ({ ...photo, picked: picks.has(photo.id) })) };
}

function after(group: ReturnType<typeof groupOf>, decided: Decided[]) {
  const videos = group.photos.filter(({ kind }) => kind === "video").length;
  const decisions = group.photos.map(
    (photo) => decided.findLast(({ photos }) => photos.includes(photo.id))?.decision ?? photo.decision,
  );
  return [...expectedPicks(groupOf(decisions, group.kept_whole, videos))].join("");
}

describe("checking and unchecking shots", () => {
  it("keeps several: the suggestion stays when another is added", () => {
    const group = groupOf(["auto", "auto", "auto"]);
    expect(after(group, toggleKeep(group, "c"))).toBe("ac");
    expect(toggleKeep(group, "c")).toHaveLength(1);
  });

  it("keeps the automatic pick, and leaves it to the automatic pick again", () => {
    const group = groupOf(["auto", "auto"]);
    expect(toggleKeep(group, "a")).toEqual([{ photos: ["a"], decision: "keep" }]);
    expect(toggleKeep(groupOf(["keep", "auto"]), "a")).toEqual([{ photos: ["a"], decision: "auto" }]);
    const none = groupOf(["reject", "reject"]);
    expect(after(none, toggleKeep(none, "b"))).toBe("b");
  });

  it("takes one of several away and keeps the others", () => {
    const group = groupOf(["keep", "keep", "auto"]);
    expect(after(group, toggleKeep(group, "a"))).toBe("b");
  });

  it("keeps the whole of a set that is kept whole", () => {
    const group = groupOf(["auto", "auto", "auto"], true);
    expect(after(group, toggleKeep(group, "b"))).toBe("abc");
    const without = groupOf(["auto", "reject", "auto"], true);
    expect(after(without, toggleKeep(without, "b"))).toBe("abc");
  });

  it("never rejects", () => {
    const states = ["auto", "keep", "reject"] as const;
    const groups = states.flatMap((one) =>
      states.flatMap((other) => [true, false].map((whole) => ({ one, other, whole }))),
    );
    for (const { one, other, whole } of groups) {
      const group = groupOf([one, other, "auto"], whole, 1);
      for (const { id } of group.photos)
        expect(toggleKeep(group, id).map(({ decision }) => decision)).not.toContain("reject");
    }
  });
});

describe("a video in a group", () => {
  const group = groupOf(["auto", "auto", "auto"], false, 1);

  it("comes along with the pick, whichever that is", () => {
    expect(after(group, [])).toBe("ac");
    expect(after(group, makePick(group, "b"))).toBe("bc");
    expect(after(group, toggleKeep(group, "b"))).toBe("abc");
    expect(toggleKeep(group, "b")).toEqual([{ photos: ["a", "b"], decision: "keep" }]);
  });

  it("is kept alone", () => {
    expect(toggleKeep(group, "c")).toEqual([{ photos: ["c"], decision: "keep" }]);
    const without = groupOf(["auto", "auto", "reject"], false, 1);
    expect(toggleKeep(without, "c")).toEqual([{ photos: ["c"], decision: "keep" }]);
  });

  it("takes no photo's place", () => {
    expect(makePick(group, "c")).toEqual([]);
    expect(heroOf(group)?.id).toBe("a");
    expect(accept(group)).toEqual([{ photos: ["a"], decision: "keep" }]);
  });

  it("needs no decision", () => {
    expect(isDecided(groupOf(["keep", "auto"], false, 1))).toBe(true);
    expect(isDecided(groupOf(["auto"], false, 1))).toBe(true);
    expect(isDecided(groupOf(["auto", "keep"], false, 1))).toBe(false);
  });
});

describe("other decisions", () => {
  it("make a shot the only pick, whatever was kept", () => {
    const group = groupOf(["keep", "keep", "auto"]);
    expect(after(group, makePick(group, "c"))).toBe("c");
    const fresh = groupOf(["auto", "auto", "auto"]);
    expect(makePick(fresh, "b")).toEqual([{ photos: ["b"], decision: "keep" }]);
  });

  it("ask nothing of the service that is so already", () => {
    const group = groupOf(["keep", "auto"]);
    expect(makePick(group, "a")).toEqual([]);
    expect(accept(group)).toEqual([]);
    expect(rejectAll(groupOf(["reject", "reject"]))).toEqual([]);
  });

  it("take a rejection back", () => {
    const [first] = groupOf(["reject", "auto"]).photos;
    expect(first && toggleReject(first)).toEqual([{ photos: ["a"], decision: "auto" }]);
  });

  it("decide a group by a kept photo or by rejecting all", () => {
    expect(isDecided(groupOf(["auto", "reject"]))).toBe(false);
    expect(isDecided(groupOf(["reject", "keep"]))).toBe(true);
    expect(isDecided(groupOf(["reject", "reject"]))).toBe(true);
  });

  it("keep all of a bracket in one request, and show them all then", () => {
    const group = { ...groupOf(["auto", "auto", "auto"]), kind: "bracket" } as const;
    expect(isFolded(group)).toBe(true);
    expect(keepAll(group)).toEqual([{ photos: ["a", "b", "c"], decision: "keep" }]);
    expect(isFolded({ ...groupOf(["keep", "keep", "keep"]), kind: "bracket" })).toBe(false);
    expect(isFolded({ ...group, kind: "moment" })).toBe(false);
  });

  it("need a clear winner only where the photos are not a set", () => {
    const kinds = ["moment", "near_duplicate", "bracket", "focus_stack", "panorama"] as const;
    const unclear = kinds.filter((kind) => isUnclear({ kind, clear_winner: false }));
    expect(unclear).toEqual(["moment", "near_duplicate"]);
    expect(isUnclear({ kind: "moment", clear_winner: true })).toBe(false);
  });

  it("take a photo from the shelf, and put it back there", () => {
    const photo = { id: "a", rank: 0, kind: "photo", decision: "auto", picked: false, left_out: false } as const;
    expect(toggleSingle(photo)).toEqual([{ photos: ["a"], decision: "keep" }]);
    expect(toggleSingle({ ...photo, decision: "keep", picked: true })).toEqual([{ photos: ["a"], decision: "auto" }]);
    expect(toggleSingle({ ...photo, picked: true })).toEqual([{ photos: ["a"], decision: "keep" }]);
  });

  it("show the best kept photo large, and the best of all when none is", () => {
    expect(heroOf(groupOf(["auto", "keep", "keep"]))?.id).toBe("b");
    expect(heroOf(groupOf(["reject", "reject"]))?.id).toBe("a");
  });
});

describe("a group whose pick is left out, because the album wants fewer picks", () => {
  const groupLeftOut = (keptWhole = false) => {
    const group = groupOf(["reject", "auto", "auto"], keptWhole);
    return { ...group, photos: group.photos.map((photo) => ({ ...photo, picked: false, left_out: photo.picked })) };
  };

  it("is told from one with a pick and from one of which everything is rejected", () => {
    expect(isLeftOut(groupLeftOut())).toBe(true);
    expect(isLeftOut(groupOf(["auto", "auto"]))).toBe(false);
    expect(isLeftOut(groupOf(["reject", "reject"]))).toBe(false);
  });

  it("is so although its video comes along", () => {
    const group = groupLeftOut();
    const video: Member = { id: "v", rank: 3, decision: "auto", picked: true, left_out: false, kind: "video" };
    expect(isLeftOut({ ...group, photos: [...group.photos, video] })).toBe(true);
  });

  it("shows its pick large, and keeps it in one step", () => {
    expect(heroOf(groupLeftOut())?.id).toBe("b");
    expect(accept(groupLeftOut())).toEqual([{ photos: ["b"], decision: "keep" }]);
  });

  it("keeps the shot that is checked, also of a panorama", () => {
    expect(toggleKeep(groupLeftOut(), "c")).toEqual([{ photos: ["c"], decision: "keep" }]);
    expect(toggleKeep(groupLeftOut(true), "c")).toEqual([{ photos: ["c"], decision: "keep" }]);
  });
});
