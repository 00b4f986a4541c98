import { FileUnreadable, SendRefused } from "./ports";
import type { Refusal } from "./upload-item";

/** How often the storage may fail for one file before it is given up. */
export const MOST_SERVER_ERRORS = 8;

/** What to do with a file that could not be sent: give up, get another presigned upload, or retry later. */
export type Verdict = { then: "refuse"; refusal: Refusal } | { then: "announce" } | { then: "wait" };

/** Judge by the error and by how often the file has failed. */
export function judgeSendFailure(error: unknown, failures: number): Verdict {
  if (error instanceof FileUnreadable) return refuse("unreadable");
  const status = error instanceof SendRefused ? error.status : 0;
  if (status === 403 && failures < MOST_SERVER_ERRORS) return { then: "announce" };
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) return refuse("not_accepted", String(status));
  if (status >= 400 && failures >= MOST_SERVER_ERRORS) return refuse("storage", String(status));
  return { then: "wait" };
}

function refuse(code: string, message = ""): Verdict {
  return { then: "refuse", refusal: { code, message } };
}
