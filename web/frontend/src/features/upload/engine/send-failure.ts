import { ConnectionLost, Problem } from "@/shared/api/problem";

import { FileUnreadable, SendRefused } from "./ports";
import { smallerThan } from "./request-sizes";
import type { Refusal } from "./upload-item";

/** How often the storage may fail for one file before it is given up. */
export const MOST_SERVER_ERRORS = 8;

/** After this number of broken connections a request counts as too large. Browsers hide a 413 that has no CORS headers. */
const MOST_LOST = 3;

/**
 * What to do with a file that could not be sent: give up, get another presigned upload, send smaller requests, or retry
 * later.
 */
export type Verdict =
  | { then: "refuse"; refusal: Refusal }
  | { then: "announce" }
  | { then: "shrink"; mostBytes: number }
  | { then: "wait" };

/**
 * Judge by the error, by how often the file has failed, by the size of the request, and by the size of the largest one
 * that has arrived.
 */
export function judgeSendFailure(
  error: unknown,
  { failures, requestBytes, passedBytes }: { failures: number; requestBytes: number; passedBytes: number },
): Verdict {
  if (error instanceof FileUnreadable) return refuse("unreadable");
  const status = error instanceof SendRefused || error instanceof Problem ? error.status : 0;
  const mostBytes = smallerThan(requestBytes);
  const isLost = error instanceof ConnectionLost && failures >= MOST_LOST && requestBytes > passedBytes;
  if ((status === 413 || isLost) && mostBytes !== null) return { then: "shrink", mostBytes };
  if (status === 413) return refuse("request_too_large", String(requestBytes));
  // 403: the presigned upload has expired. 404: the upload in parts has ended.
  if ((status === 403 || status === 404) && failures < MOST_SERVER_ERRORS) return { then: "announce" };
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) return refuse("not_accepted", String(status));
  if (status >= 400 && failures >= MOST_SERVER_ERRORS) return refuse("storage", String(status));
  return { then: "wait" };
}

function refuse(code: string, message = ""): Verdict {
  return { then: "refuse", refusal: { code, message } };
}
