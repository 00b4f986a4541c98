/**
 * The states of a file from the disk to the album, as a table.
 *
 *     queued → hashing → hashed → ready → sending → sent → done
 *
 * `hashed` waits to be announced, `ready` has a presigned upload, `sent` waits for the service to confirm it. `skipped`
 * was there already. `waiting` waits for an automatic retry; `failed` has been given up until somebody retries.
 */
export type ItemState =
  "queued" | "hashing" | "hashed" | "ready" | "sending" | "sent" | "waiting" | "done" | "skipped" | "failed";

export type ItemEvent =
  | "hash"
  | "hashed"
  | "presigned"
  | "here"
  | "arrived"
  | "send"
  | "sent"
  | "interrupted"
  | "expired"
  | "missing"
  | "stumbled"
  | "due"
  | "refused"
  | "retry";

export const TRANSITIONS: Readonly<Record<ItemState, Readonly<Partial<Record<ItemEvent, ItemState>>>>> = {
  queued: { hash: "hashing", hashed: "hashed", here: "skipped", refused: "failed" },
  hashing: { hashed: "hashed", here: "skipped", interrupted: "queued", refused: "failed" },
  hashed: { presigned: "ready", here: "skipped", refused: "failed" },
  // `arrived`: an earlier attempt sent it, but its answer was lost.
  ready: { send: "sending", expired: "hashed", arrived: "done" },
  // An interrupted file may have arrived: it is announced again, which asks the service.
  sending: { sent: "sent", interrupted: "hashed", expired: "hashed", stumbled: "waiting", refused: "failed" },
  sent: { arrived: "done", missing: "hashed", refused: "failed" },
  waiting: { due: "hashed", retry: "hashed" },
  done: {},
  skipped: {},
  failed: { retry: "queued" },
};

export const SETTLED: ReadonlySet<ItemState> = new Set(["done", "skipped", "failed"]);

/** The state after an event. Throws for an event that cannot happen in this state. */
export function nextState(state: ItemState, event: ItemEvent): ItemState {
  const next = TRANSITIONS[state][event];
  if (!next) throw new Error(`A file that is ${state} cannot be ${event}.`);
  return next;
}
