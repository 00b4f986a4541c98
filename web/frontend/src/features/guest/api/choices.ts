import { type Mutation, useIsMutating, useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";

import { api, unwrap } from "@/shared/api/client";
import { ConnectionLost, Problem } from "@/shared/api/problem";
import type { SharedPhoto } from "@/shared/api/schema-types";

import { type Choice, forgetChoice, keepChoice, keptChoices } from "../model/kept-choices";

import { photosQuery, setMe, sharedQuery } from "./shared-album";

const LONGEST_WAIT = 15_000;

/** Whether the same request may succeed later. */
function isPassing(error: Error): boolean {
  return error instanceof ConnectionLost || (error instanceof Problem && (error.status >= 500 || error.status === 429));
}

/**
 * Gives hearts or chooses, one after the other. It is shown at once, tried again for as long as the service cannot be
 * reached, and reverted if the service refuses. What the last visit could not send is sent once the photos are there.
 */
export function useChoices(token: string, areLoaded: boolean, onRefused: (error: Error) => void) {
  const client = useQueryClient();
  const mutationKey = ["choices", token];
  const show = ({ photoId, isChosen }: Choice) => {
    const changed = (photo: SharedPhoto) => (photo.id === photoId ? { ...photo, chosen: isChosen } : photo);
    client.setQueryData(
      photosQuery(token).queryKey,
      (data) => data && { ...data, pages: data.pages.map((page) => ({ ...page, results: page.results.map(changed) })) },
    );
    setMe(client, token, (me) => ({
      ...me,
      choice_count: Math.max(0, me.choice_count + (isChosen ? 1 : -1)),
      finished_at: null,
    }));
  };
  const { mutate } = useMutation({
    mutationKey,
    scope: { id: mutationKey.join(" ") },
    networkMode: "online",
    retry: (_failures, error) => isPassing(error),
    retryDelay: (failures, error) =>
      error instanceof Problem && error.retryAfter !== null
        ? error.retryAfter * 1000
        : Math.min(LONGEST_WAIT, 1000 * 2 ** failures),
    mutationFn: ({ photoId, isChosen }: Choice) => {
      const params = { path: { token, photo_id: photoId } };
      return isChosen
        ? unwrap(api.PUT("/api/v1/shared/{token}/photos/{photo_id}/choice/", { params }))
        : unwrap(api.DELETE("/api/v1/shared/{token}/photos/{photo_id}/choice/", { params }));
    },
    onMutate: async (choice) => {
      keepChoice(token, choice);
      // An answer that was on its way would not know of it.
      await client.cancelQueries({ queryKey: sharedQuery(token).queryKey, exact: true });
      show(choice);
    },
    onError: (error, { photoId, isChosen }) => {
      show({ photoId, isChosen: !isChosen });
      // The link may be over, or the photo no longer shown.
      void client.invalidateQueries({ queryKey: sharedQuery(token).queryKey });
      onRefused(error);
    },
    onSettled: (_data, _error, { photoId }) => {
      const isOfPhoto = ({ state }: Mutation) => (state.variables as Choice).photoId === photoId;
      // Its own is still counted. A later one of the same photo stays kept.
      if (client.isMutating({ mutationKey, predicate: isOfPhoto }) === 1) forgetChoice(token, photoId);
      // What was chosen in another tab counts, too.
      if (client.isMutating({ mutationKey }) > 1) return;
      void client.invalidateQueries({ queryKey: sharedQuery(token).queryKey, exact: true });
    },
  });
  const sendKept = useEffectEvent(() => keptChoices(token).forEach((choice) => mutate(choice)));
  useEffect(() => {
    if (areLoaded) sendKept();
  }, [areLoaded]);
  return { choose: mutate, unsent: useIsMutating({ mutationKey }) };
}
