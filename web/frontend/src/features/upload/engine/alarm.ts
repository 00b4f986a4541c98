import type { Clock } from "./ports";

/** Never sooner, so that setting it from its own ring does not loop without a pause. Milliseconds. */
const SOONEST = 50;

/** Rings once, at the earliest time it was set for. */
export class Alarm {
  private pending: { at: number; callOff: () => void } | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly ring: () => void,
  ) {}

  /** Set it for the earliest of these times. An earlier pending alarm stays. */
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
