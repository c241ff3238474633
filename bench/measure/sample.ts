/** Timing two things in turn, so that whatever else the machine does falls on both. */

export interface Sample {
  readonly name: string;
  readonly run: (n: number) => unknown;
}

/** Milliseconds of each run, in the order of the samples given. The first of a round changes from round to round. */
export async function inTurns(rounds: number, samples: readonly Sample[]): Promise<number[][]> {
  const ms: number[][] = samples.map(() => []);
  for (let n = 0; n < rounds; n++) {
    for (let k = 0; k < samples.length; k++) {
      const at = (n + k) % samples.length;
      const start = performance.now();
      await samples[at]?.run(n);
      ms[at]?.push(performance.now() - start);
    }
  }
  return ms;
}

/** The smallest value that this share of all does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
