import { useIsMutating, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";

import { api, unwrap } from "@/shared/api/client";
import type { Album, Cluster, PhotoChange } from "@/shared/api/schema-types";

import type { ClusterFilter } from "../model/filters";
import type { Decided } from "../model/picks";

import { countsQuery } from "./counts";
import { groupingQuery } from "./grouping";
import { type Changes, lists } from "./lists";
import { timelineKey } from "./timeline";

/** Something a person does in the review. Each can be taken back. */
export type Step =
  | { readonly name: "decide"; readonly decided: readonly Decided[]; readonly expected: Changes }
  | { readonly name: "accept"; readonly clusters: ClusterFilter | readonly string[] }
  | { readonly name: "split"; readonly photos: readonly string[]; readonly singles: boolean }
  | { readonly name: "merge"; readonly photos: readonly string[]; readonly clusters: readonly string[] }
  | { readonly name: "release"; readonly clusters: readonly string[] }
  | { readonly name: "regroup"; readonly similarity: number }
  | { readonly name: "undo" | "redo" };

export interface Outcome {
  readonly photos: readonly PhotoChange[];
  readonly clusters: readonly Cluster[];
  readonly removed: readonly string[];
  /** Groups that were accepted. */
  readonly accepted: number;
  /** How many steps the service remembers of it. */
  readonly remembered: number;
  readonly regroups: boolean;
}

const NOTHING: Outcome = { photos: [], clusters: [], removed: [], accepted: 0, remembered: 0, regroups: false };

/** What one key does can be two requests; then it takes two to take it back. */
interface Memory {
  readonly done: number[];
  readonly undone: number[];
}

async function take(albumId: string, step: Step, memory: Memory): Promise<Outcome> {
  const params = { path: { album_id: albumId } };
  switch (step.name) {
    case "decide": {
      const photos = new Map<string, PhotoChange>();
      for (const { photos: ids, decision } of step.decided) {
        const body = { photos: [...ids], decision };
        const answer = await unwrap(api.POST("/api/v1/albums/{album_id}/photos/decision/", { params, body }));
        for (const photo of answer.photos) photos.set(photo.id, photo);
      }
      return { ...NOTHING, photos: [...photos.values()], remembered: step.decided.length };
    }
    case "accept": {
      const { clusters } = step;
      const body = isIds(clusters) ? { clusters: [...clusters] } : { all: true, ...clusters };
      const answer = await unwrap(api.POST("/api/v1/albums/{album_id}/clusters/accept/", { params, body }));
      return { ...NOTHING, ...answer, remembered: answer.accepted > 0 ? 1 : 0 };
    }
    case "split": {
      const body = { photos: [...step.photos], singles: step.singles };
      return arranged(await unwrap(api.POST("/api/v1/albums/{album_id}/clusters/split/", { params, body })));
    }
    case "merge": {
      const body = { photos: [...step.photos], clusters: [...step.clusters] };
      return arranged(await unwrap(api.POST("/api/v1/albums/{album_id}/clusters/merge/", { params, body })));
    }
    case "release": {
      const body = { photos: [], clusters: [...step.clusters] };
      return arranged(await unwrap(api.POST("/api/v1/albums/{album_id}/clusters/release/", { params, body })));
    }
    case "regroup":
      await unwrap(api.POST("/api/v1/albums/{album_id}/regroup/", { params, body: { similarity: step.similarity } }));
      return { ...NOTHING, remembered: 1, regroups: true };
    case "undo":
    case "redo":
      return takeBack(albumId, step.name, memory);
  }
}

function isIds(clusters: ClusterFilter | readonly string[]): clusters is readonly string[] {
  return Array.isArray(clusters);
}

interface Reviewed {
  photos: PhotoChange[];
  clusters: Cluster[];
  removed_clusters: string[];
}

function arranged({ photos, clusters, removed_clusters: removed }: Reviewed): Outcome {
  return { ...NOTHING, photos, clusters, removed, remembered: 1, regroups: true };
}

async function takeBack(albumId: string, name: "undo" | "redo", memory: Memory): Promise<Outcome> {
  const params = { path: { album_id: albumId } };
  const [from, to] = name === "undo" ? [memory.done, memory.undone] : [memory.undone, memory.done];
  const times = from.pop() ?? 1;
  let outcome = NOTHING;
  for (let time = 0; time < times; time += 1) {
    const answer =
      name === "undo"
        ? await unwrap(api.POST("/api/v1/albums/{album_id}/undo/", { params }))
        : await unwrap(api.POST("/api/v1/albums/{album_id}/redo/", { params }));
    const { kind } = answer.change;
    const photos = new Map([...outcome.photos, ...answer.photos].map((photo) => [photo.id, photo]));
    outcome = {
      ...arranged(answer),
      photos: [...photos.values()],
      regroups: kind !== "decision" && kind !== "accept",
    };
  }
  to.push(times);
  return { ...outcome, remembered: 0 };
}

/**
 * Take steps one after the other. Decisions are shown at once, by the rule of the service, and taken back if it
 * refuses.
 */
export function useSteps(albumId: string) {
  const client = useQueryClient();
  const memory = useRef<Memory>({ done: [], undone: [] });
  const mutationKey = ["review", albumId];
  const isLast = () => client.isMutating({ mutationKey }) <= 1;
  const mutation = useMutation({
    mutationKey,
    scope: { id: mutationKey.join(" ") },
    mutationFn: (step: Step) => take(albumId, step, memory.current),
    onMutate: async (step) => {
      const shown = lists(client, albumId);
      if (step.name === "regroup") {
        client.setQueryData<Album>(["albums", "one", albumId], (album) =>
          album ? { ...album, similarity: step.similarity, grouping: "stale" } : album,
        );
      }
      if (step.name !== "decide") return undefined;
      const before = shown.before(step.expected);
      shown.change(step.expected);
      await shown.cancel();
      return before;
    },
    onSuccess: (outcome) => {
      const shown = lists(client, albumId);
      if (outcome.remembered > 0) {
        memory.current.done.push(outcome.remembered);
        memory.current.undone.length = 0;
      }
      // What is asked for later is on screen already, and not to be overwritten by an earlier answer.
      if (isLast()) shown.change(new Map(outcome.photos.map((photo) => [photo.id, photo])));
      if (outcome.clusters.length + outcome.removed.length > 0) shown.arrange(outcome);
      if (outcome.regroups) {
        void client.invalidateQueries({ queryKey: groupingQuery(albumId).queryKey });
        void client.invalidateQueries({ queryKey: ["albums", "one", albumId] });
      }
    },
    onError: (_error, _step, before) => {
      const shown = lists(client, albumId);
      if (before) shown.change(before);
      void client.invalidateQueries({ queryKey: timelineKey(albumId) });
      void client.invalidateQueries({ queryKey: ["albums", "one", albumId] });
    },
    onSettled: () => {
      if (!isLast()) return;
      lists(client, albumId).catchUp();
      void client.invalidateQueries({ queryKey: countsQuery(albumId).queryKey });
    },
  });
  return { take: mutation.mutate, busy: useIsMutating({ mutationKey }) > 0 };
}
