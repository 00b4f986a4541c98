import createClient from "openapi-fetch";

import { csrfToken } from "./csrf";
import { ConnectionLost, problemOf } from "./problem";
import type { paths } from "./schema";
import { reportSessionOver, sessionBack } from "./session-over";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/** The typed client. Use it through `unwrap`, in a feature's `api/` folder. */
export const api = createClient<paths>({
  baseUrl: globalThis.location.origin,
  credentials: "same-origin",
  fetch: send,
});

/**
 * Send a request; when the session is over, wait until somebody has signed in over the page, and send it again. What
 * was asked for then happens, instead of being lost with an error.
 */
async function send(request: Request): Promise<Response> {
  for (;;) {
    // A body can be sent only once, so each attempt takes a copy.
    const attempt = request.clone();
    // Signing in changes the token.
    if (!SAFE_METHODS.has(request.method)) attempt.headers.set("X-CSRFToken", csrfToken());
    // Looked up at each call, so that tests can replace it.
    const response = await globalThis.fetch(attempt);
    if (response.status !== 401 || !(await sessionBack(request.signal))) return response;
  }
}

api.use({
  onError({ error }) {
    return error instanceof DOMException && error.name === "AbortError" ? error : new ConnectionLost(error);
  },
});

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The data of an answer. Throws `Problem` for an error and `ConnectionLost` without an answer. */
export async function unwrap<Data>(answer: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await answer.catch((failure: unknown) => {
    // The answer was cut off: there is only half of its JSON.
    throw failure instanceof TypeError || failure instanceof SyntaxError ? new ConnectionLost(failure) : failure;
  });
  if (response.ok) return data as Data;
  if (response.status === 401) reportSessionOver();
  throw problemOf(response, error);
}

/** The cursor in the address of the next page of a list, for `getNextPageParam`. */
export function cursorOf(page: { next: string | null }): string | undefined {
  return page.next ? (new URL(page.next).searchParams.get("cursor") ?? undefined) : undefined;
}
