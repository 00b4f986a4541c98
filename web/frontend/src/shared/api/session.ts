/**
 * Sign-up, sign-in and related requests: django-allauth's headless API for browsers, typed by hand.
 *
 * 401 means "not signed in, and these flows are open", which some calls end with when all went well.
 * https://docs.allauth.org/en/latest/headless/openapi-specification/
 */
import { csrfToken } from "./csrf";
import { ConnectionLost, Problem, problemOf } from "./problem";

const BASE = "/_allauth/browser/v1";

export interface User {
  id: number;
  email: string;
  display: string;
}

export interface EmailAddress {
  email: string;
  verified: boolean;
  primary: boolean;
}

interface Flow {
  id: string;
  is_pending?: boolean;
}

interface Envelope {
  data?: { user?: User; flows?: Flow[] } & Record<string, unknown>;
  meta?: { is_authenticated?: boolean };
  errors?: { message: string; code: string; param?: string }[];
}

/** The outcome of a sign-in or sign-up. */
export type SignedIn = { kind: "signed-in"; user: User } | { kind: "verify-email" };

/** The step asks for the password again, because the last sign-in was long ago. */
export class ReauthenticationNeeded extends Error {
  constructor() {
    super("The password is needed once more.");
    this.name = "ReauthenticationNeeded";
  }
}

interface Reply {
  status: number;
  body: Envelope;
  response: Response;
}

async function call(method: string, path: string, json?: object, headers: Record<string, string> = {}): Promise<Reply> {
  let response: Response;
  try {
    response = await fetch(`${BASE}${path}`, {
      method,
      credentials: "same-origin",
      headers: {
        Accept: "application/json",
        ...(json ? { "Content-Type": "application/json" } : {}),
        ...(method === "GET" ? {} : { "X-CSRFToken": csrfToken() }),
        ...headers,
      },
      ...(json ? { body: JSON.stringify(json) } : {}),
    });
  } catch (error) {
    throw new ConnectionLost(error);
  }
  const body = (await response.json().catch(() => ({}))) as Envelope;
  return { status: response.status, body, response };
}

function failure({ status, body, response }: Reply): Error {
  if (status === 401 && body.data?.flows?.some((flow) => flow.id === "reauthenticate")) {
    return new ReauthenticationNeeded();
  }
  if (status === 403 && !body.errors) {
    return new Problem({ code: "signup_closed", status, detail: "" });
  }
  const [first] = body.errors ?? [];
  if (!first) return problemOf(response, body);
  const errors = (body.errors ?? []).map(({ param, code, message }) => ({ field: param ?? "", code, message }));
  return new Problem({ code: first.code, status, detail: first.message, errors });
}

function userIn(reply: Reply): User | null {
  return reply.status === 200 ? (reply.body.data?.user ?? null) : null;
}

function signedIn(reply: Reply): SignedIn {
  const user = userIn(reply);
  if (user) return { kind: "signed-in", user };
  const pending = reply.body.data?.flows?.some((flow) => flow.id === "verify_email" && flow.is_pending);
  if (reply.status === 401 && pending) return { kind: "verify-email" };
  throw failure(reply);
}

function done(reply: Reply): void {
  if (reply.status !== 200) throw failure(reply);
}

/** Who is signed in, or null. */
export async function getSession(): Promise<User | null> {
  const reply = await call("GET", "/auth/session");
  if (reply.status === 401 || reply.status === 410) return null;
  if (reply.status !== 200) throw failure(reply);
  return userIn(reply);
}

export async function signIn(email: string, password: string): Promise<SignedIn> {
  return signedIn(await call("POST", "/auth/login", { email, password }));
}

export async function signUp(email: string, password: string): Promise<SignedIn> {
  return signedIn(await call("POST", "/auth/signup", { email, password }));
}

export async function signOut(): Promise<void> {
  // 401 is how allauth says that nobody is signed in any more.
  const reply = await call("DELETE", "/auth/session");
  if (reply.status !== 401 && reply.status !== 200) throw failure(reply);
}

/** Confirm the password before a step that asks for it. */
export async function reauthenticate(password: string): Promise<void> {
  done(await call("POST", "/auth/reauthenticate", { password }));
}

/** Send the mail with the link. The answer does not tell whether the address has an account. */
export async function requestPasswordReset(email: string): Promise<void> {
  done(await call("POST", "/auth/password/request", { email }));
}

/** Whether the key of a link is valid, checked before the form is shown. */
export async function checkPasswordResetKey(key: string): Promise<boolean> {
  const reply = await call("GET", "/auth/password/reset", undefined, { "X-Password-Reset-Key": key });
  return reply.status === 200;
}

/** Set the password with the key of a mailed link, which also signs in. Null where it could not, such as when closed. */
export async function resetPassword(key: string, password: string): Promise<User | null> {
  const reply = await call("POST", "/auth/password/reset", { key, password });
  if (reply.status !== 401 || reply.body.errors) done(reply);
  return userIn(reply);
}

export async function changePassword(current: string, next: string): Promise<void> {
  done(await call("POST", "/account/password/change", { current_password: current, new_password: next }));
}

export async function listEmailAddresses(): Promise<EmailAddress[]> {
  const reply = await call("GET", "/account/email");
  if (reply.status !== 200) throw failure(reply);
  return reply.body.data as unknown as EmailAddress[];
}

/** Request another address. It replaces the old one when the link mailed to it is opened. */
export async function changeEmailAddress(email: string): Promise<void> {
  done(await call("POST", "/account/email", { email }));
}

/** Confirm an address with the key of a mailed link. True when this signed the person in. */
export async function verifyEmailAddress(key: string): Promise<boolean> {
  const reply = await call("POST", "/auth/email/verify", { key });
  if (reply.status !== 200 && (reply.status !== 401 || reply.body.errors)) throw failure(reply);
  return reply.status === 200;
}

/** Mail the link again. */
export async function sendVerificationAgain(email: string): Promise<void> {
  const reply = await call("PUT", "/account/email", { email });
  // 403: one was sent moments ago, which is as good.
  if (reply.status !== 403) done(reply);
}
