import { type DBSchema, type IDBPDatabase, openDB } from "idb";

import type { Memory, OpenRecord } from "./ports";
import { keyOf } from "./upload-item";

interface Schema extends DBSchema {
  hashes: { key: string; value: { sha256: string; usedAt: number }; indexes: { usedAt: number } };
  open: { key: [string, string]; value: OpenRecord; indexes: { albumId: string } };
}

const NAME = "uploads";
const MOST_HASHES = 100_000;
/** Of a folder with thousands of files, so that the page answers meanwhile. */
const KEPT_AT_ONCE = 200;

let database: Promise<IDBPDatabase<Schema>> | null = null;

function connect(): Promise<IDBPDatabase<Schema>> {
  database ??= openDB<Schema>(NAME, 1, {
    upgrade(db) {
      db.createObjectStore("hashes").createIndex("usedAt", "usedAt");
      db.createObjectStore("open", { keyPath: ["albumId", "key"] }).createIndex("albumId", "albumId");
    },
    terminated: () => {
      database = null;
    },
  });
  return database;
}

/** Private windows and full disks may refuse a database. The upload then works, only not beyond a reload. */
async function orElse<Result>(fallback: Result, work: (db: IDBPDatabase<Schema>) => Promise<Result>): Promise<Result> {
  try {
    return await work(await connect());
  } catch {
    return fallback;
  }
}

export const databaseMemory: Memory = {
  // A file that kept its path, size and time is taken to have kept its bytes; the service checks them all the same.
  hashOf: (picked) => orElse(null, async (db) => (await db.get("hashes", keyOf(picked)))?.sha256 ?? null),

  keepHash: (picked, sha256) =>
    orElse(undefined, async (db) => {
      await db.put("hashes", { sha256, usedAt: Date.now() }, keyOf(picked));
    }),

  keepOpen: (records) =>
    orElse(undefined, async (db) => {
      for (let at = 0; at < records.length; at += KEPT_AT_ONCE) {
        const { store, done } = db.transaction("open", "readwrite");
        await Promise.all([...records.slice(at, at + KEPT_AT_ONCE).map((record) => store.put(record)), done]);
      }
    }),

  forgetOpen: (albumId, keys) =>
    orElse(undefined, async (db) => {
      const transaction = db.transaction("open", "readwrite");
      await Promise.all([...keys.map((key) => transaction.store.delete([albumId, key])), transaction.done]);
    }),
};

/** What was chosen for an album on an earlier visit and has not arrived. */
export function openRecords(albumId: string): Promise<OpenRecord[]> {
  return orElse([], (db) => db.getAllFromIndex("open", "albumId", albumId));
}

/** Forget the least recently used hashes, so that the database does not grow indefinitely. */
export function pruneHashes(): Promise<void> {
  return orElse(undefined, async (db) => {
    const transaction = db.transaction("hashes", "readwrite");
    let surplus = (await transaction.store.count()) - MOST_HASHES;
    for (let at = await transaction.store.index("usedAt").openCursor(); at && surplus > 0; at = await at.continue()) {
      await at.delete();
      surplus -= 1;
    }
    await transaction.done;
  });
}
