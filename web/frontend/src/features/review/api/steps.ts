import { useIsMutating, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";
import type { Album, AlbumChange, Overruled, PhotoChange, TimelineGroup } from "@/shared/api/schema-types";
import type { Label } from "@/shared/marks/marks";
import { type Decided, requestOf } from "@/shared/picks/decisions";

import type { ClusterFilter } from "../model/filters";
import type { Wanted } from "../model/wanted";

import { countsQuery } from "./counts";
import { groupingQuery } from "./grouping";
import { type Changes, lists } from "./lists";
import { timelineKey } from "./timeline";

/** A step in the review. Each can be undone. */
export type Step =
  | { readonly name: "decide"; readonly decided: readonly Decided[]; readonly expected: Changes }
  | { readonly name: "stars"; readonly photos: readonly string[]; readonly stars: number; readonly expected: Changes }
  | {
      readonly name: "label";
      readonly photos: readonly string[];
      readonly label: Label | "";
      readonly expected: Changes;
    }
  | { readonly name: "accept"; readonly clusters: ClusterFilter | readonly string[] }
  | { readonly name: "split"; readonly photos: readonly string[]; readonly singles: boolean }
  | { readonly name: "merge"; readonly photos: readonly string[]; readonly clusters: readonly string[] }
  | { readonly name: "release"; readonly clusters: readonly string[] }
  | { readonly name: "regroup"; readonly similarity: number }
  | { readonly name: "want"; readonly wanted: Wanted }
  | { readonly name: "clock"; readonly camera: string; readonly serial: string; readonly seconds: number | null }
  | { readonly name: "undo" | "redo" };

export interface Outcome {
  readonly photos: readonly PhotoChange[];
  readonly clusters: readonly TimelineGroup[];
  readonly removed: readonly string[];
  /** Groups that were accepted. */
  readonly accepted: number;
  /** Whether the service can undo it. */
  readonly remembered: boolean;
  readonly regroups: boolean;
  /** Decisions of somebody else that it replaced. */
  readonly overruled: readonly Overruled[];
  /** How many photos and settings an undo or a redo left, because somebody else has changed them since. */
  readonly changedSince: number;
}

const NOTHING: Outcome = {
  photos: [],
  clusters: [],
  removed: [],
  accepted: 0,
  remembered: false,
  regroups: false,
  overruled: [],
  changedSince: 0,
};

async function take(albumId: string, step: Step): Promise<Outcome> {
  const params = { path: { album_id: albumId } };
  switch (step.name) {
    case "decide": {
      const body = requestOf(step.decided);
      const answer = await unwrap(api.POST("/api/v1/albums/{album_id}/photos/decision/", { params, body }));
      return { ...NOTHING, ...answer, remembered: true };
    }
    case "stars": {
      const body = { photos: [...step.photos], stars: step.stars };
      const { photos } = await unwrap(api.POST("/api/v1/albums/{album_id}/photos/stars/", { params, body }));
      return { ...NOTHING, photos, remembered: true };
    }
    case "label": {
      const body = { photos: [...step.photos], label: step.label };
      const { photos } = await unwrap(api.POST("/api/v1/albums/{album_id}/photos/label/", { params, body }));
      return { ...NOTHING, photos, remembered: true };
    }
    case "accept": {
      const { clusters } = step;
      const body = isIds(clusters) ? { clusters: [...clusters] } : { all: true, ...clusters };
      const answer = await unwrap(api.POST("/api/v1/albums/{album_id}/clusters/accept/", { params, body }));
      return { ...NOTHING, ...answer, remembered: answer.accepted > 0 };
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
      return { ...NOTHING, remembered: true, regroups: true };
    case "want": {
      const body = { wanted_count: step.wanted.count, wanted_share: step.wanted.share };
      await unwrap(api.PATCH("/api/v1/albums/{album_id}/", { params, body }));
      return { ...NOTHING, remembered: true, regroups: true };
    }
    case "clock": {
      const { camera, serial, seconds } = step;
      await unwrap(api.POST("/api/v1/albums/{album_id}/clocks/", { params, body: { camera, serial, seconds } }));
      return { ...NOTHING, remembered: true, regroups: true };
    }
    case "undo":
      return takenBack(await unwrap(api.POST("/api/v1/albums/{album_id}/undo/", { params })));
    case "redo":
      return takenBack(await unwrap(api.POST("/api/v1/albums/{album_id}/redo/", { params })));
  }
}

function isIds(clusters: ClusterFilter | readonly string[]): clusters is readonly string[] {
  return Array.isArray(clusters);
}

interface Reviewed {
  photos: PhotoChange[];
  clusters: TimelineGroup[];
  removed_clusters: string[];
}

function arranged({ photos, clusters, removed_clusters: removed }: Reviewed): Outcome {
  return { ...NOTHING, photos, clusters, removed, remembered: true, regroups: true };
}

/** Steps after which no grouping follows. */
const OF_PHOTOS: ReadonlySet<AlbumChange["kind"]> = new Set(["decision", "accept", "stars", "label", "take_over"]);

function takenBack(answer: Reviewed & { change: Pick<AlbumChange, "kind">; changed_since: number }): Outcome {
  const regroups = !OF_PHOTOS.has(answer.change.kind);
  return { ...arranged(answer), regroups, remembered: false, changedSince: answer.changed_since };
}

/**
 * Take steps one after the other. Decisions are shown at once and reverted if the service refuses.
 */
export function useSteps(albumId: string) {
  const client = useQueryClient();
  const mutationKey = ["review", albumId];
  const isLast = () => client.isMutating({ mutationKey }) <= 1;
  const mutation = useMutation({
    mutationKey,
    scope: { id: mutationKey.join(" ") },
    mutationFn: (step: Step) => take(albumId, step),
    onMutate: async (step) => {
      const shown = lists(client, albumId);
      if (step.name === "regroup") {
        client.setQueryData<Album>(["albums", "one", albumId], (album) =>
          album ? { ...album, similarity: step.similarity, grouping: "stale" } : album,
        );
      }
      if (step.name === "want") {
        const { count, share } = step.wanted;
        client.setQueryData<Album>(["albums", "one", albumId], (album) =>
          album ? { ...album, wanted_count: count, wanted_share: share } : album,
        );
      }
      if (!("expected" in step)) return undefined;
      const before = shown.before(step.expected);
      shown.change(step.expected);
      await shown.cancel();
      return before;
    },
    onSuccess: (outcome, step) => {
      const shown = lists(client, albumId);
      // Later steps are already shown; an earlier answer must not overwrite them.
      if (isLast()) shown.change(new Map(outcome.photos.map((photo) => [photo.id, photo])));
      if (outcome.clusters.length + outcome.removed.length > 0) shown.arrange(outcome);
      // The page does not know yet what somebody else has changed.
      if (step.name === "want" || outcome.changedSince > 0)
        void client.invalidateQueries({ queryKey: timelineKey(albumId) });
      if (outcome.regroups) {
        void client.invalidateQueries({ queryKey: groupingQuery(albumId).queryKey });
      }
    },
    onError: (_error, _step, before) => {
      const shown = lists(client, albumId);
      if (before) shown.change(before);
      void client.invalidateQueries({ queryKey: timelineKey(albumId) });
    },
    onSettled: () => {
      if (!isLast()) return;
      lists(client, albumId).catchUp();
      void lists(client, albumId).forgetMarked();
      void client.invalidateQueries({ queryKey: countsQuery(albumId).queryKey });
      void client.invalidateQueries({ queryKey: ["albums", "one", albumId] });
    },
  });
  return { take: mutation.mutate, busy: useIsMutating({ mutationKey }) > 0 };
}
