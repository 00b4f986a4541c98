import type { components } from "./schema";

type ProblemBody = components["schemas"]["ProblemOutput"];

/** A limit of the account that is reached, as `quota_exceeded` says. Bytes, or a number of things. */
export interface QuotaReached {
  readonly quota: string;
  readonly limit: number;
  readonly used: number;
}

/** Why the API refused a request, as it says itself (RFC 9457). */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  /** Errors by field; dots lead into lists and objects. */
  readonly fields: Readonly<Record<string, { code: string; message: string }>>;
  /** Seconds to wait before a retry, when the service says so. */
  readonly retryAfter: number | null;
  /** The limit that was reached, if any. */
  readonly quota: QuotaReached | null;

  constructor(body: Pick<ProblemBody, "code" | "status" | "detail" | "errors">, retryAfter: number | null = null) {
    super(body.detail);
    this.name = "Problem";
    this.code = body.code;
    this.status = body.status;
    this.retryAfter = retryAfter;
    this.quota = quotaIn(body);
    // The first error of a field wins, so go from the last to the first.
    const errors = [...(body.errors ?? [])].reverse();
    this.fields = Object.fromEntries(errors.map(({ field, code, message }) => [field, { code, message }]));
  }
}

/** The service was not reached: no network, or no server. */
export class ConnectionLost extends Error {
  constructor(cause: unknown) {
    super("The service cannot be reached.", { cause });
    this.name = "ConnectionLost";
  }
}

/** The problem in a response that is not ok, also where a proxy answered in place of the service. */
export function problemOf(response: Response, body: unknown): Problem {
  const wait = Number(response.headers.get("Retry-After") ?? Number.NaN);
  const retryAfter = Number.isFinite(wait) ? wait : null;
  if (isProblemBody(body)) return new Problem(body, retryAfter);
  const code = response.status >= 500 ? "server_error" : response.status === 429 ? "throttled" : "invalid";
  return new Problem({ code, status: response.status, detail: `HTTP ${response.status}` }, retryAfter);
}

function quotaIn(body: object): QuotaReached | null {
  const { quota, limit, used } = body as Partial<Record<keyof QuotaReached, unknown>>;
  const isWhole = typeof quota === "string" && typeof limit === "number" && typeof used === "number";
  return isWhole ? { quota, limit, used } : null;
}

function isProblemBody(body: unknown): body is ProblemBody {
  return typeof body === "object" && body !== null && "code" in body && "detail" in body && "status" in body;
}
