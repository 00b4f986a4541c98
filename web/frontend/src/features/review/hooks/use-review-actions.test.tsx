import { describe, expect, it, vi } from "vitest";

import type { TimelineGroup, TimelinePhoto } from "@/shared/api/schema-types";
import { renderInPage } from "@/shared/testing/render";

import type { Outcome, Step } from "../api/steps";
import type { Row } from "../model/rows";

import { type AllActions, useReviewActions } from "./use-review-actions";
import { useReviewWords } from "./use-review-words";

function photo(id: string, change: Partial<TimelinePhoto> = {}): TimelinePhoto {
  const usual = { kind: "photo", decision: "auto", picked: false, left_out: false, rank: 0, shelf: "", companions: [] };
  return { ...usual, id, name: `${id}.jpg`, ...change } as TimelinePhoto;
}

/** Do something in an album with these photos in one group, and others in none. Returns what was decided and said. */
function after(act: (actions: AllActions) => void, photos: TimelinePhoto[], singles: TimelinePhoto[] = []) {
  const group = { id: "g", kind: "moment", kept_whole: false, photos } as unknown as TimelineGroup;
  const [hero, ...others] = photos;
  const rows = [
    ...(hero ? [{ kind: "group", key: "g", group, hero, others }] : []),
    { kind: "singles", key: "s", photos: singles, all: singles },
  ] as unknown as Row[];
  const steps: Step[] = [];
  const say = vi.fn<(text: string, canUndo?: boolean) => void>();
  function Acting() {
    const { t } = useReviewWords();
    const nothing = () => undefined;
    const actions = useReviewActions({
      ...{ rows, activeId: null, selected: new Set<string>(), t, say },
      deciders: { isOwner: true, mine: "m1", decidedBy: () => "", nameOf: () => "" },
      take: (step, { onSuccess }) => {
        steps.push(step);
        onSuccess({ remembered: true, overruled: [] as Outcome["overruled"], changedSince: 0 } as Outcome);
      },
      ...{ activate: nothing, show: nothing, setSelected: nothing, openLarge: nothing, toggleExpanded: nothing },
      ...{ toggleFaces: nothing, onCompare: nothing, onClock: nothing, onDelete: nothing },
    });
    return <button type="button" onClick={() => act(actions)} />;
  }
  renderInPage(<Acting />)
    .getByRole("button")
    .click();
  return {
    decided: steps.flatMap((step) => (step.name === "decide" ? step.decided : [])),
    said: say.mock.lastCall?.[0],
  };
}

describe("“Only this one”", () => {
  const film = (decision: "auto" | "reject") => photo("film", { kind: "video", decision, picked: decision === "auto" });

  it("takes back the rejection of a video, and says so", () => {
    expect(after((actions) => actions.makePick("film"), [photo("a", { picked: true }), film("reject")])).toEqual({
      decided: [{ photos: ["film"], decision: "auto" }],
      said: "No longer rejected",
    });
  });

  it("says why it does nothing on a video that comes along", () => {
    expect(after((actions) => actions.makePick("film"), [photo("a", { picked: true }), film("auto")])).toEqual({
      decided: [],
      said: "A video comes along with its group. Nothing has changed.",
    });
  });
});

describe("a photo in no group is all of its group", () => {
  it.each([
    ["“Only this one” keeps it", (actions: AllActions) => actions.makePick("a"), "keep", "Kept"],
    ["“Keep all” keeps it", (actions: AllActions) => actions.ofGroupAt("keep-all", "a"), "keep", "Kept"],
    ["“Keep none” rejects it", (actions: AllActions) => actions.ofGroupAt("keep-none", "a"), "reject", "Rejected"],
  ])("%s", (_, act, decision, said) => {
    expect(after(act, [], [photo("a")])).toEqual({ decided: [{ photos: ["a"], decision }], said });
  });

  it("“Keep none” again rejects nothing and takes nothing back", () => {
    expect(after((actions) => actions.ofGroupAt("keep-none", "a"), [], [photo("a", { decision: "reject" })])).toEqual({
      decided: [],
      said: undefined,
    });
  });
});
