import { Problem } from "./problem";
import { ReauthenticationNeeded } from "./session";

/** The error to show beside a field, or undefined. */
export function fieldProblem(error: unknown, field: string): { code: string; message: string } | undefined {
  return error instanceof Problem ? error.fields[field] : undefined;
}

/** The error to show above the form; null when the fields shown cover all of it. */
export function formProblem(error: unknown, shownFields: readonly string[]): Error | null {
  // People who cancelled the password dialog know that they did.
  if (!(error instanceof Error) || error instanceof ReauthenticationNeeded) return null;
  if (!(error instanceof Problem)) return error;
  const fields = Object.keys(error.fields);
  return fields.length > 0 && fields.every((field) => shownFields.includes(field)) ? null : error;
}
