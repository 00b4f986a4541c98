import { useSyncExternalStore } from "react";

const STORAGE_KEY = "tell-when-done";
const listeners = new Set<() => void>();

function read(): string {
  return sessionStorage.getItem(STORAGE_KEY) ?? "";
}

function write(albumIds: readonly string[]): void {
  sessionStorage.setItem(STORAGE_KEY, albumIds.join(" "));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

const listOf = (text: string) => text.split(" ").filter(Boolean);

/** Albums of which this tab is to tell when they are done. They stay over a reload. */
export function useAskedAlbums(): readonly string[] {
  return listOf(useSyncExternalStore(subscribe, read));
}

export function askToTell(albumId: string): void {
  write([...new Set([...listOf(read()), albumId])]);
}

export function forgetToTell(albumId: string): void {
  write(listOf(read()).filter((id) => id !== albumId));
}
