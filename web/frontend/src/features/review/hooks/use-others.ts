import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";

import { Problem } from "@/shared/api/problem";
import type { AlbumChange } from "@/shared/api/schema-types";
import { useChangeWords } from "@/shared/members/change-words";
import { hasOthers, latestChangesQuery, type SharedAlbum } from "@/shared/members/members";

import { countsQuery } from "../api/counts";
import { groupingQuery } from "../api/grouping";
import { timelineKey } from "../api/timeline";

/** Shows what others change in the album. Returns in words what they did last since the page was opened. */
export function useOthers(album: SharedAlbum): string {
  const client = useQueryClient();
  const words = useChangeWords();
  const { data: changes, error } = useQuery({ ...latestChangesQuery(album.id), enabled: hasOthers(album) });
  const seen = useRef<string | null>(null);
  const [opened, setOpened] = useState<number | null>(null);
  const others = changes?.filter((change) => !change.is_own);
  const state = others ? stateOf(others) : null;
  const last = others?.[0];
  if (others && opened === null) setOpened(last?.id ?? 0);
  useEffect(() => {
    if (state === null || seen.current === state) return;
    const isFirst = seen.current === null;
    seen.current = state;
    if (isFirst) return;
    for (const queryKey of [
      timelineKey(album.id),
      countsQuery(album.id).queryKey,
      groupingQuery(album.id).queryKey,
      ["albums", "one", album.id],
    ]) {
      void client.invalidateQueries({ queryKey });
    }
  }, [client, album.id, state]);
  const isGone = error instanceof Problem && error.status === 404;
  useEffect(() => {
    // Somebody who was removed: what is around the page says so.
    if (isGone) void client.invalidateQueries({ queryKey: ["albums", "one", album.id] });
  }, [client, album.id, isGone]);
  return last && !last.undone && opened !== null && last.id > opened ? words(last) : "";
}

/** What tells two states of the changes apart: undone ones are still listed. */
function stateOf(changes: readonly AlbumChange[]): string {
  return changes.map(({ id, undone }) => `${id}${undone ? "-" : ""}`).join(" ");
}
