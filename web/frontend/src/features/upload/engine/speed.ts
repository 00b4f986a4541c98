const WINDOW = 10_000;
const LEAST_SPAN = 1_500;

/** The upload speed: the mean of the last ten seconds. */
export class Speed {
  private samples: { at: number; bytes: number }[] = [];

  /** Note how many bytes have been sent in total. */
  note(at: number, bytes: number): void {
    this.samples.push({ at, bytes });
    while (this.samples.length > 2 && at - (this.samples[1]?.at ?? at) > WINDOW) this.samples.shift();
  }

  /** Start over after a pause. */
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
