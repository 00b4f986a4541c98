import { Problem } from "./problem";
import { ReauthenticationNeeded } from "./session";

/** The error to show beside a field, or undefined. */
export function fieldProblem(error: unknown, field: string): { code: string; message: string } | undefined {
  return error instanceof Problem ? error.fields[field] : undefined;
}

/** The error to show above the form: null when every part of it belongs to one of the fields shown. */
export function formProblem(error: unknown, shownFields: readonly string[]): Error | null {
  // A person who was asked for the password and turned back need not be told that they did.
  if (!(error instanceof Error) || error instanceof ReauthenticationNeeded) return null;
  if (!(error instanceof Problem)) return error;
  const fields = Object.keys(error.fields);
  return fields.length > 0 && fields.every((field) => shownFields.includes(field)) ? null : error;
}
