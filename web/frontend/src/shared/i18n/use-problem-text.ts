import { useCallback } from "react";

import { fieldProblem } from "@/shared/api/form-problem";
import { ConnectionLost, Problem, type QuotaReached } from "@/shared/api/problem";

import type { Format } from "./format";
import { useFormat, useMessages } from "./language-context";
import { hasText } from "./texts";

const TEXT_OF_CODE = {
  storage_unavailable: "problemStorage",
  server_error: "problemServer",
  throttled: "problemThrottled",
  not_authenticated: "problemSession",
  not_found: "problemNotFound",
  permission_denied: "problemForbidden",
  csrf_failed: "problemForbidden",
  still_working: "problemStillWorking",
  nothing_picked: "problemNothingPicked",
  nothing_to_undo: "problemNothingToUndo",
  wrong_password: "problemWrongPassword",
  too_many_tokens: "problemTooManyTokens",
  quota_exceeded: "problemQuota",
  // django-allauth's
  email_password_mismatch: "errorMismatch",
  email_taken: "errorTaken",
  required: "errorRequired",
  password_too_short: "errorTooShort",
  password_too_common: "errorTooCommon",
  password_entirely_numeric: "errorNumeric",
  password_too_similar: "errorSimilar",
  too_many_login_attempts: "errorTooManySignIns",
  rate_limited: "errorTooMany",
  signup_closed: "errorClosed",
  enter_current_password: "errorCurrent",
  incorrect_password: "errorCurrent",
} as const;

function isKnown(code: string): code is keyof typeof TEXT_OF_CODE {
  return Object.hasOwn(TEXT_OF_CODE, code);
}

const COUNTED = ["photos", "albums", "exports", "jobs"] as const;

/** Which limit is reached, in words; null for one that this page does not know yet. */
function useQuotaText(): (reached: QuotaReached) => string | null {
  const t = useMessages("quotas");
  const format = useFormat();
  return useCallback(
    ({ quota, limit, used }) => {
      if (quota === "bytes" || quota === "export_bytes") return t(quota, inWords(limit, used, format.bytes));
      const counted = COUNTED.find((name) => name === quota);
      return counted ? t(counted, inWords(limit, used, format.number)) : null;
    },
    [t, format],
  );
}

function inWords(limit: number, used: number, write: Format["bytes"]) {
  return { limit: write(limit), used: write(used) };
}

/** The sentence for a code alone, or null. */
function useCodeText(): (code: string) => string | null {
  const common = useMessages("common");
  const t = useMessages("problems");
  return useCallback(
    (code) => (isKnown(code) ? common(TEXT_OF_CODE[code]) : hasText("problems", code) ? t(code) : null),
    [common, t],
  );
}

/** A sentence for any error, with what to do; codes without one here show what the service said. */
export function useProblemText(): (error: unknown) => string {
  const t = useMessages("common");
  const limits = useMessages("quotas");
  const format = useFormat();
  const quotaText = useQuotaText();
  const codeText = useCodeText();
  return useCallback(
    (error) => {
      if (error instanceof ConnectionLost) return t("problemConnection");
      if (!(error instanceof Problem)) return t("problemServer");
      if (error.quota) return quotaText(error.quota) ?? error.message;
      if (error.code === "throttled" && error.retryAfter !== null) {
        return limits("throttledFor", { time: format.duration(Math.max(1, error.retryAfter)) });
      }
      return codeText(error.code) ?? (error.status >= 500 ? t("problemServer") : error.message);
    },
    [t, limits, format, quotaText, codeText],
  );
}

/** The sentence to show beside a field of a form, or undefined. */
export function useFieldText(): (error: unknown, field: string) => string | undefined {
  const t = useMessages("common");
  const codeText = useCodeText();
  return useCallback(
    (error, field) => {
      const problem = fieldProblem(error, field);
      if (!problem) return undefined;
      if (field === "email" && problem.code === "invalid") return t("errorEmail");
      // Of a single value, `invalid` says too little: the service's own words say more.
      return (problem.code === "invalid" ? null : codeText(problem.code)) ?? problem.message;
    },
    [t, codeText],
  );
}
