import type { Clock } from "./ports";

/** The soonest is not at once: so that whoever sets it when it rings does not run hot. Milliseconds. */
const SOONEST = 50;

/** Rings once, at the earliest time it was set for. */
export class Alarm {
  private pending: { at: number; callOff: () => void } | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly ring: () => void,
  ) {}

  /** Set it for the earliest of these times. One that is set for an earlier time, still to come, stays. */
  setFor(times: readonly number[]): void {
    const now = this.clock.now();
    const at = Math.max(now + SOONEST, Math.min(...times));
    if (!Number.isFinite(at) || (this.pending && this.pending.at <= at && this.pending.at > now)) return;
    this.pending?.callOff();
    const callOff = this.clock.after(at - now, () => {
      this.pending = null;
      this.ring();
    });
    this.pending = { at, callOff };
  }

  callOff(): void {
    this.pending?.callOff();
    this.pending = null;
  }
}
