import { useMemo, useState } from "react";

import type { Progress } from "@/shared/api/schema-types";

import type { Stretch } from "../model/timeline";

function photosIn(stretches: readonly Stretch[]): ReadonlySet<string> {
  const photos = stretches.flatMap((stretch) => (stretch.kind === "group" ? stretch.group.photos : stretch.photos));
  return new Set(photos.map(({ id }) => id));
}

/** What is known of photos that are not grouped yet. */
export interface Coming {
  readonly progress: Progress;
  /** When the progress was answered, in milliseconds since 1970. */
  readonly seenAt: number;
  readonly groups: number;
  /** The photos that the list shows; null where it shows only some. */
  readonly shown: ReadonlySet<string> | null;
}

interface ComingFrom {
  grouping: Progress | undefined;
  seenAt: number;
  isUploading: boolean;
  /** All of the album, or null in other views. */
  stretches: readonly Stretch[] | null;
}

/** What to show above the groups from the first photo until all are grouped; null when nothing comes. */
export function useComing({ grouping, seenAt, isUploading, stretches }: ComingFrom): Coming | null {
  const [isComing, setComing] = useState(false);
  const isOver = !isUploading && (grouping?.done ?? true);
  // A grouping alone is no wait: somebody moved the slider.
  const begins = isUploading || (grouping !== undefined && grouping.unfinished > 0);
  const now = isOver ? false : isComing || begins;
  if (now !== isComing) setComing(now);
  const shown = useMemo(() => (now && stretches ? photosIn(stretches) : null), [now, stretches]);
  if (!now || !grouping) return null;
  const groups = stretches?.filter(({ kind }) => kind === "group").length ?? 0;
  return { progress: grouping, seenAt, groups, shown };
}
