import { Problem } from "@/shared/api/problem";

import { backOff } from "./back-off";

/** When to ask the service again after it has failed or asked to wait. */
export class ServicePatience {
  private failures = 0;
  dueAt = 0;

  /** More than once in a row: worth telling people. */
  get isFailing(): boolean {
    return this.failures > 1;
  }

  mayTalk(now: number): boolean {
    return now >= this.dueAt;
  }

  answered(): void {
    this.failures = 0;
  }

  failed(error: unknown, now: number): void {
    this.failures += 1;
    const wait = error instanceof Problem && error.retryAfter ? error.retryAfter * 1000 : backOff(this.failures);
    this.dueAt = now + wait;
  }

  /** Ask again at once. */
  forget(): void {
    this.failures = 0;
    this.dueAt = 0;
  }
}
