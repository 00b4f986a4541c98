import { useEffect, useState } from "react";

import { databaseMemory, openRecords } from "../engine/database-memory";
import type { OpenRecord } from "../engine/ports";
import { reopen, sortLeftovers } from "../engine/resume";
import type { UploadQueue } from "../engine/upload-queue";

export interface LeftoverState {
  count: number;
  /** Whether a click is enough; else the files have to be chosen again. */
  canGoOn: boolean;
  goOn: () => void;
  forget: () => void;
}

/** What an earlier visit left unsent. What may be read without asking goes on by itself. */
export function useLeftovers(queue: UploadQueue, knownKeys: ReadonlySet<string>): LeftoverState | null {
  const [records, setRecords] = useState<OpenRecord[]>([]);
  const [askable, setAskable] = useState<OpenRecord[]>([]);

  useEffect(() => {
    let isCurrent = true;
    async function look() {
      const leftovers = await sortLeftovers(await openRecords(queue.albumId));
      if (!isCurrent) return;
      if (leftovers.ready.length > 0) queue.add(await reopen(leftovers.ready));
      setAskable(leftovers.askable);
      setRecords([...leftovers.askable, ...leftovers.lost]);
    }
    void look();
    return () => {
      isCurrent = false;
    };
  }, [queue]);

  const left = records.filter((record) => !knownKeys.has(record.key));
  if (left.length === 0) return null;
  return {
    count: left.length,
    canGoOn: askable.some((record) => !knownKeys.has(record.key)),
    goOn: () => void reopen(askable).then((files) => queue.add(files)),
    forget: () => {
      void databaseMemory.forgetOpen(
        queue.albumId,
        left.map((record) => record.key),
      );
      setRecords([]);
    },
  };
}
