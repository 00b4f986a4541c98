import { useCallback } from "react";

import { fieldProblem } from "@/shared/api/form-problem";
import { ConnectionLost, Problem } from "@/shared/api/problem";

import { commonMessages } from "./common-messages";
import { useMessages } from "./language-context";

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
  too_many_login_attempts: "errorTooMany",
  rate_limited: "errorTooMany",
  signup_closed: "errorClosed",
  enter_current_password: "errorCurrent",
  incorrect_password: "errorCurrent",
} as const;

function isKnown(code: string): code is keyof typeof TEXT_OF_CODE {
  return code in TEXT_OF_CODE;
}

/** A sentence for any error, with what to do; codes without one here show what the service said. */
export function useProblemText(): (error: unknown) => string {
  const t = useMessages(commonMessages);
  return useCallback(
    (error) => {
      if (error instanceof ConnectionLost) return t("problemConnection");
      if (!(error instanceof Problem)) return t("problemServer");
      if (isKnown(error.code)) return t(TEXT_OF_CODE[error.code]);
      return error.status >= 500 ? t("problemServer") : error.message;
    },
    [t],
  );
}

/** The sentence to show beside a field of a form, or undefined. */
export function useFieldText(): (error: unknown, field: string) => string | undefined {
  const t = useMessages(commonMessages);
  return useCallback(
    (error, field) => {
      const problem = fieldProblem(error, field);
      if (!problem) return undefined;
      if (field === "email" && problem.code === "invalid") return t("errorEmail");
      return isKnown(problem.code) ? t(TEXT_OF_CODE[problem.code]) : problem.message;
    },
    [t],
  );
}
