import { useMemo } from "react";

import { Problem } from "@/shared/api/problem";
import type { TimelineGroup, TimelinePhoto } from "@/shared/api/schema-types";
import { toastProblem } from "@/shared/components/toast";
import { useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";
import { type Label, type Marks, marksOf } from "@/shared/marks/marks";
import type { Deciders } from "@/shared/members/deciders";
import * as decisions from "@/shared/picks/decisions";
import { type Change, expectedInGroup, expectedOfSingles } from "@/shared/picks/expected-changes";

import type { Outcome, Step } from "../api/steps";
import { expectedInGroups } from "../model/changes";
import type { ClockChange } from "../model/clock-shift";
import * as picks from "../model/picks";
import { photosOf, type Row, rowWith } from "../model/rows";
import type { Wanted } from "../model/wanted";
import type { GroupAction } from "../review-context";

import { useLatest } from "./use-latest";
import type { ReviewTranslate } from "./use-review-words";

interface Situation {
  readonly rows: readonly Row[];
  readonly activeId: string | null;
  readonly selected: ReadonlySet<string>;
  readonly t: ReviewTranslate;
  readonly deciders: Deciders;
  readonly take: (step: Step, on: { onSuccess: (outcome: Outcome) => void; onError: (error: Error) => void }) => void;
  readonly say: (text: string, canUndo?: boolean) => void;
  readonly activate: (photoId: string) => void;
  readonly show: (photoId: string) => void;
  readonly setSelected: (photoIds: ReadonlySet<string>) => void;
  /** Opens the large view. */
  readonly openLarge: () => void;
  readonly toggleExpanded: (groupId: string) => void;
  readonly toggleFaces: (groupId: string) => void;
  readonly onCompare: (photoIds: readonly string[], groupId: string | null, from: string) => void;
  readonly onClock: (photoId: string | null) => void;
  readonly onDelete: (photo: TimelinePhoto) => void;
}

const KNOWN_PROBLEMS = {
  nothing_to_undo: "nothingToUndo",
  nothing_to_redo: "nothingToRedo",
  nothing_to_merge: "nothingToMerge",
  nothing_to_split: "nothingToSplit",
  groups_changed: "groupsChanged",
} as const;

/** What is decided about: a group, or a photo in none. */
interface Found {
  readonly group: TimelineGroup | null;
  readonly photo?: TimelinePhoto;
}

const MOST_COMPARED = 4;

/** All actions of the review, on the current list. The object never changes. */
export function useReviewActions(situation: Situation) {
  const problemText = useProblemText();
  const clockWords = useMessages("review-clock");
  const marksWords = useMessages("marks");
  const membersWords = useMessages("members");
  const latest = useLatest({ ...situation, problemText, clockWords, marksWords, membersWords });
  return useMemo(() => {
    const now = () => latest.current;

    function take(step: Step, said: (outcome: Outcome) => string, canUndo = true) {
      now().take(step, {
        onSuccess: (outcome) => {
          const text = said(outcome);
          if (text) now().say(text, canUndo && outcome.remembered);
        },
        onError: complain,
      });
    }

    function complain(error: Error) {
      const { t, say, problemText: words } = now();
      const known =
        error instanceof Problem && error.code in KNOWN_PROBLEMS
          ? t(KNOWN_PROBLEMS[error.code as keyof typeof KNOWN_PROBLEMS])
          : null;
      if (known) say(known, false);
      else toastProblem(words(error));
    }

    /** Scroll to what changed, unless it was a large part of the album. */
    function lookAt(photos: readonly { readonly id: string }[]) {
      const there = photos.find(({ id }) => id === now().activeId) ?? photos[0];
      if (there && photos.length < 100) now().show(there.id);
    }

    function photoOf(photoId: string): (Found & { photo: TimelinePhoto }) | null {
      const row = rowWith(now().rows, photoId);
      const photo = row && photosOf(row).find(({ id }) => id === photoId);
      return photo ? { photo, group: row.kind === "group" ? row.group : null } : null;
    }

    function decide({ photo, group }: Found, decided: readonly decisions.Decided[], said: string) {
      if (decided.length === 0) return;
      takeDecision(decided, group ? expectedInGroup(group, decided) : expectedOfSingles(decided, photo?.shelf), said);
    }

    /** Decide, and say whose decision that replaced, if the page did not know of it. */
    function takeDecision(decided: readonly decisions.Decided[], changes: ReadonlyMap<string, Change>, said: string) {
      const { rows, deciders } = now();
      const known = new Map(rows.flatMap((row) => photosOf(row).map(({ id, decision }) => [id, decision] as const)));
      const expected = new Map(
        [...changes].map(([id, change]) => [
          id,
          change.decision === known.get(id) ? change : { ...change, decided_by: deciders.mine },
        ]),
      );
      take({ name: "decide", decided, expected }, ({ overruled }) => {
        const unknown = overruled.filter(({ id, decision }) => known.get(id) !== decision);
        const first = unknown[0];
        if (!first) return said;
        const words = { count: unknown.length, name: now().deciders.nameOf(first.decided_by) };
        return `${said} · ${now().membersWords("overruled", words)}`;
      });
    }

    function decideSelected(decision: "keep" | "reject") {
      const photos = [...now().selected];
      if (photos.length === 0) return;
      const decided = [{ photos, decision }];
      const { rows, t } = now();
      const groups = rows.flatMap((row) => (row.kind === "group" ? [row.group] : []));
      const said = t(decision === "keep" ? "saidKept" : "saidRejected");
      takeDecision(decided, expectedInGroups(groups, decided), said);
      now().setSelected(new Set());
    }

    function neighbour(group: TimelineGroup, step: 1 | -1): TimelineGroup | null {
      const { rows } = now();
      const place = rows.findIndex((row) => row.kind === "group" && row.group.id === group.id);
      for (let index = place + step; index >= 0 && index < rows.length; index += step) {
        const row = rows[index];
        if (row?.kind === "group") return row.group;
      }
      return null;
    }

    function merge(photos: readonly string[], clusters: readonly string[]) {
      take({ name: "merge", photos, clusters }, (outcome) => {
        lookAt(outcome.photos);
        return now().t("saidMerged");
      });
      now().setSelected(new Set());
    }

    function split(photos: readonly string[], singles = false) {
      if (photos.length === 0) return;
      take({ name: "split", photos, singles }, () => {
        lookAt(photos.map((id) => ({ id })));
        return now().t("saidSplit");
      });
      now().setSelected(new Set());
    }

    function mergeWith(group: TimelineGroup, step: 1 | -1) {
      const other = neighbour(group, step);
      if (other) merge([], [group.id, other.id]);
    }

    /** Those of the photos that do not have these marks yet. */
    function without(photoIds: readonly string[], { stars, label }: Partial<Marks>): string[] {
      const named = new Set(photoIds);
      const photos = now().rows.flatMap((row) => photosOf(row).filter(({ id }) => named.has(id)));
      const isMissing = (marks: Marks) =>
        (stars ?? marks.stars) !== marks.stars || (label ?? marks.label) !== marks.label;
      return photos.filter((photo) => isMissing(marksOf(photo))).map(({ id }) => id);
    }

    const actions = {
      activate: (photoId: string) => now().activate(photoId),
      open: (photoId: string) => {
        now().activate(photoId);
        now().openLarge();
      },
      select: (photoId: string) => {
        const selected = new Set(now().selected);
        if (!selected.delete(photoId)) selected.add(photoId);
        now().setSelected(selected);
      },
      toggleKeep: (photoId: string) => {
        const found = photoOf(photoId);
        if (!found) return;
        const { photo, group } = found;
        const { t } = now();
        const said = photo.decision === "keep" ? "saidUnkept" : "saidKept";
        decide(found, group ? decisions.toggleKeep(group, photoId) : decisions.toggleSingle(photo), t(said));
      },
      toggleReject: (photoId: string) => {
        const found = photoOf(photoId);
        if (!found) return;
        const said = found.photo.decision === "reject" ? "saidUnrejected" : "saidRejected";
        decide(found, decisions.toggleReject(found.photo), now().t(said));
      },
      /** Leave a photo to the automatic pick. */
      leave: (photoId: string) => {
        const found = photoOf(photoId);
        if (found) decide(found, decisions.leaveAll({ photos: [found.photo] }), now().t("saidLeft"));
      },
      makePick: (photoId: string) => {
        const found = photoOf(photoId);
        if (!found) return;
        const { photo, group } = found;
        const { t, say } = now();
        if (!group) decide(found, decisions.keepSingle(photo), t("saidKept"));
        else if (!decisions.isVideo(photo)) decide({ group }, decisions.makePick(group, photoId), t("saidPick"));
        else if (photo.decision === "reject") decide(found, decisions.toggleReject(photo), t("saidUnrejected"));
        else say(t("saidVideoComes"), false);
      },
      setStars: (photoIds: readonly string[], stars: number) => {
        const photos = without(photoIds, { stars });
        const expected = new Map(photos.map((id) => [id, { stars }]));
        const { marksWords } = now();
        const said = stars > 0 ? marksWords("countStars", { count: stars }) : marksWords("saidNoStars");
        if (photos.length > 0) take({ name: "stars", photos, stars, expected }, () => said);
      },
      setLabel: (photoIds: readonly string[], label: Label | "") => {
        const photos = without(photoIds, { label });
        const expected = new Map(photos.map((id) => [id, { label }]));
        const { marksWords } = now();
        const said = label ? marksWords("saidLabel", { name: marksWords(label) }) : marksWords("saidNoLabel");
        if (photos.length > 0) take({ name: "label", photos, label, expected }, () => said);
      },
      /** Give photos a label, or take it back if all of them have it. */
      toggleLabel: (photoIds: readonly string[], label: Label | "") =>
        actions.setLabel(photoIds, without(photoIds, { label }).length > 0 ? label : ""),
      /** The shot with this number, in the group that a photo is in. */
      pickNumber: (photoId: string, number: number) => {
        const group = photoOf(photoId)?.group;
        const chosen = group?.photos[number - 1];
        if (!chosen) return;
        actions.makePick(chosen.id);
        now().show(chosen.id);
      },
      ofGroup: (action: GroupAction, group: TimelineGroup) => {
        const { t } = now();
        const ids = group.photos.map(({ id }) => id);
        const does: Record<GroupAction, () => void> = {
          accept: () => decide({ group }, picks.accept(group), t("saidAccepted", { count: 1 })),
          "keep-all": () => decide({ group }, picks.keepAll(group), t("saidKeptAll")),
          "keep-none": () => decide({ group }, decisions.rejectAll(group), t("saidKeptNone")),
          leave: () => decide({ group }, decisions.leaveAll(group), t("saidLeft")),
          "take-apart": () => split(ids, true),
          "merge-previous": () => mergeWith(group, -1),
          "merge-next": () => mergeWith(group, 1),
          release: () => take({ name: "release", clusters: [group.id] }, () => t("saidReleased")),
          select: () => now().setSelected(new Set([...now().selected, ...ids])),
          compare: () => compare(ids, group.id),
        };
        does[action]();
      },
      /** What a key does to the group that a photo is in. */
      ofGroupAt: (action: GroupAction, photoId: string) => {
        const found = photoOf(photoId);
        if (!found) return;
        const { photo, group } = found;
        if (group) actions.ofGroup(action, group);
        // One in no group is all of its group.
        else if (action === "keep-all") actions.makePick(photoId);
        else if (action === "keep-none" && photo.decision !== "reject") actions.toggleReject(photoId);
      },
      /** `rest` says what is left for somebody to look at. */
      acceptAll: (clusters: Extract<Step, { name: "accept" }>["clusters"], rest: string) =>
        take({ name: "accept", clusters }, ({ accepted }) => {
          const { t } = now();
          const said = accepted > 0 ? t("saidAccepted", { count: accepted }) : t("saidNothingAccepted");
          return [said, rest].filter(Boolean).join(" · ");
        }),
      keepShelf: (photos: readonly TimelinePhoto[]) => {
        const ids = photos.filter(({ decision }) => decision !== "keep").map(({ id }) => id);
        if (ids.length > 0) decide({ group: null }, [{ photos: ids, decision: "keep" }], now().t("saidKeptAll"));
      },
      regroup: (similarity: number) => take({ name: "regroup", similarity }, () => now().t("saidRegrouped")),
      /** Ask how to correct the clock of a camera, by a photo of it or by any. */
      openClock: (photoId: string | null) => now().onClock(photoId),
      askToDelete: (photo: TimelinePhoto) => now().onDelete(photo),
      correctClock: ({ count, ...clock }: ClockChange) =>
        take({ name: "clock", ...clock }, () =>
          clock.seconds === null ? now().clockWords("saidAutomatic") : now().clockWords("said", { count }),
        ),
      want: (wanted: Wanted) => take({ name: "want", wanted }, () => now().t("saidWanted")),
      undo: () =>
        now().take(
          { name: "undo" },
          {
            onSuccess: ({ photos, changedSince: count }) => {
              const { t, membersWords: words, say } = now();
              const part = photos.length > 0 ? words("undoneBut", { count }) : words("nothingUndone");
              say(count > 0 ? part : t("saidUndone"), false);
              lookAt(photos);
            },
            onError: complain,
          },
        ),
      redo: () =>
        take(
          { name: "redo" },
          ({ photos, changedSince: count }) => {
            const { t, membersWords: words } = now();
            const part = photos.length > 0 ? words("redoneBut", { count }) : words("nothingRedone");
            return count > 0 ? part : t("saidRedone");
          },
          false,
        ),
      keepSelected: () => decideSelected("keep"),
      rejectSelected: () => decideSelected("reject"),
      starSelected: (stars: number) => actions.setStars([...now().selected], stars),
      labelSelected: (label: Label | "") => actions.toggleLabel([...now().selected], label),
      splitSelected: () => split([...now().selected]),
      mergeSelected: () => merge([...now().selected], []),
      compareSelected: () => compare([...now().selected], null),
      clearSelection: () => now().setSelected(new Set()),
      expand: (groupId: string) => now().toggleExpanded(groupId),
      toggleFaces: (groupId: string) => now().toggleFaces(groupId),
    };

    function compare(photoIds: readonly string[], groupId: string | null) {
      const [first] = photoIds;
      if (first === undefined || photoIds.length < 2) return;
      const { activeId, onCompare } = now();
      const from = activeId !== null && photoIds.includes(activeId) ? activeId : first;
      onCompare(photoIds.slice(0, MOST_COMPARED), groupId, from);
    }

    return actions;
  }, [latest]);
}

export type AllActions = ReturnType<typeof useReviewActions>;
