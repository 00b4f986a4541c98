import type { LeftOut } from "@/shared/files/picked-file";

import { type ItemState, SETTLED } from "./item-state";
import type { UploadItem } from "./upload-item";
import { STATES, type UploadItems } from "./upload-items";

/** What keeps the queue from going on: nothing, the person, the network, the session, or that the album is gone. */
export type Obstacle = "none" | "paused" | "offline" | "signed-out" | "gone" | "storage";

/** An upload as a page shows it. */
export interface UploadSnapshot {
  obstacle: Obstacle;
  counts: Readonly<Record<ItemState, number>>;
  total: number;
  /** Done, skipped or failed. */
  settled: number;
  isFinished: boolean;
  /** From 0 to 1, by bytes. */
  fraction: number;
  bytesTotal: number;
  bytesDone: number;
  /** Bytes a second, null while unknown. */
  speed: number | null;
  secondsLeft: number | null;
  items: readonly UploadItem[];
  /** Chosen, but not uploaded. */
  leftOut: LeftOut;
}

/**
 * The snapshot of this moment. `isServiceFailing` says that the service has failed more than once in a row, and
 * `pace` how many bytes go out in a second.
 */
export function snapshotOf(
  items: UploadItems,
  {
    obstacle,
    isServiceFailing,
    pace,
    leftOut,
  }: { obstacle: Obstacle; isServiceFailing: boolean; pace: number | null; leftOut: LeftOut },
): UploadSnapshot {
  const counts = Object.fromEntries(STATES.map((state) => [state, items.count(state)])) as Record<ItemState, number>;
  const settled = [...SETTLED].reduce((sum, state) => sum + counts[state], 0);
  const { bytesTotal } = items;
  const bytesDone = items.bytesSettled + items.bytesSent;
  const isFinished = settled === items.size && items.size > 0;
  const speed = counts.sending > 0 ? pace : null;
  const isStuck = isServiceFailing || (counts.waiting > 0 && counts.sending + counts.ready === 0);
  return {
    obstacle: obstacle === "none" && isStuck ? "storage" : obstacle,
    counts,
    total: items.size,
    settled,
    isFinished,
    fraction: isFinished ? 1 : bytesTotal ? Math.min(0.999, bytesDone / bytesTotal) : 0,
    bytesTotal,
    bytesDone,
    speed,
    secondsLeft: speed ? (bytesTotal - bytesDone) / speed : null,
    items: items.all(),
    leftOut,
  };
}
