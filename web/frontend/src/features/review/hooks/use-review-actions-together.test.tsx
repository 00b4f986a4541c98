import { renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, it, vi } from "vitest";

import type { TimelinePhoto } from "@/shared/api/schema-types";
import { LanguageProvider } from "@/shared/i18n/language-context";
import { translator } from "@/shared/i18n/texts";

import type { Outcome, Step } from "../api/steps";
import type { Row } from "../model/rows";

import { useReviewActions } from "./use-review-actions";

const NOTHING: Outcome = {
  photos: [],
  clusters: [],
  removed: [],
  accepted: 0,
  remembered: true,
  regroups: false,
  overruled: [],
  changedSince: 0,
};
const PHOTO = { id: "p1", decision: "keep", rank: 0, picked: true, kind: "photo" } as TimelinePhoto;

/** Somebody who edits the album beside its owner, Ada. The service answers each step with this outcome. */
function act(outcome: Partial<Outcome>) {
  const said: string[] = [];
  const steps: Step[] = [];
  const nothing = vi.fn();
  const situation = {
    rows: [{ kind: "singles", key: "s", size: 1, height: 1, photos: [PHOTO], all: [PHOTO] } satisfies Row],
    activeId: null,
    selected: new Set<string>(),
    t: translator("review", "en"),
    deciders: { isOwner: false, mine: "m1", decidedBy: () => "", nameOf: () => "Ada" },
    take: (step: Step, on: { onSuccess: (outcome: Outcome) => void }) => {
      steps.push(step);
      on.onSuccess({ ...NOTHING, ...outcome });
    },
    say: (text: string) => said.push(text),
    ...{ activate: nothing, show: nothing, setSelected: nothing, openLarge: nothing, toggleExpanded: nothing },
    ...{ toggleFaces: nothing, onCompare: nothing, onClock: nothing, onDelete: nothing },
  };
  const wrapper = ({ children }: { children: ReactNode }) => (
    <LanguageProvider initial="en">{children}</LanguageProvider>
  );
  const { result } = renderHook(() => useReviewActions(situation), { wrapper });
  return { actions: result.current, said, steps };
}

it("says whose decision it replaced that the page did not know of", () => {
  const { actions, said } = act({ overruled: [{ id: "p1", decision: "reject", decided_by: null }] });
  actions.toggleReject("p1");
  expect(said).toEqual(["Rejected · This replaced what Ada had decided meanwhile about 1 photo"]);
});

it("says nothing of a decision that was to be seen", () => {
  const { actions, said } = act({ overruled: [{ id: "p1", decision: "keep", decided_by: null }] });
  actions.toggleReject("p1");
  expect(said).toEqual(["Rejected"]);
});

it("shows a decision as one's own before the service answers", () => {
  const { actions, steps } = act({});
  actions.toggleReject("p1");
  const [step] = steps;
  expect(step?.name === "decide" && step.expected.get("p1")).toMatchObject({ decision: "reject", decided_by: "m1" });
});

it.each([
  [{ changedSince: 0, photos: [] }, "Undone"],
  [{ changedSince: 2, photos: [{ id: "p1" }] as unknown as Outcome["photos"] }, /^Undone, but 2 photos stay/],
  [{ changedSince: 1, photos: [] }, /^Nothing was undone/],
])("says what an undo left as somebody else has changed it: %j", (outcome, words) => {
  const { actions, said } = act(outcome);
  actions.undo();
  expect(said).toEqual([expect.stringMatching(words)]);
});
