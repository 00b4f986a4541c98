const WINDOW = 10_000;
const LEAST_SPAN = 1_500;

/** How fast bytes have gone out lately: the mean of the last ten seconds. */
export class Speed {
  private samples: { at: number; bytes: number }[] = [];

  /** Note how many bytes have gone out in all. */
  note(at: number, bytes: number): void {
    this.samples.push({ at, bytes });
    while (this.samples.length > 2 && at - (this.samples[1]?.at ?? at) > WINDOW) this.samples.shift();
  }

  /** Begin anew, after a pause. */
  clear(): void {
    this.samples = [];
  }

  /** Bytes a second, or null while that is a guess. */
  get value(): number | null {
    const first = this.samples[0];
    const last = this.samples.at(-1);
    if (!first || !last || last.at - first.at < LEAST_SPAN) return null;
    return Math.max(0, ((last.bytes - first.bytes) / (last.at - first.at)) * 1000);
  }
}
