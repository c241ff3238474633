/** One line of the table: what was measured, against a floor that was measured in the same run. */

export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly floor: string;
  readonly ratio: string;
  readonly mustReach: string;
  readonly isMet: boolean;
}

export interface Measurement {
  readonly what: string;
  readonly measured: number;
  readonly floor: number;
  readonly show: (value: number) => string;
  /** Of measured to floor; or how much more than the floor, where a ratio to next to nothing says nothing. */
  readonly mustReach: { readonly atMost: number } | { readonly atLeast: number } | { readonly atMostMore: number };
}

export function rowOf({ what, measured, floor, show, mustReach }: Measurement): Row {
  if ('atMostMore' in mustReach) {
    const more = measured - floor;
    const ratio = `${more < 0 ? '' : '+'}${show(more)}`;
    const bound = `<= +${show(mustReach.atMostMore)}`;
    return {
      what,
      measured: show(measured),
      floor: show(floor),
      ratio,
      mustReach: bound,
      isMet: more <= mustReach.atMostMore,
    };
  }
  const ratio = measured / floor;
  const [isMet, bound] =
    'atMost' in mustReach
      ? [ratio <= mustReach.atMost, `<= ${mustReach.atMost}`]
      : [ratio >= mustReach.atLeast, `>= ${mustReach.atLeast}`];
  return { what, measured: show(measured), floor: show(floor), ratio: ratio.toFixed(2), mustReach: bound, isMet };
}

export const showMs = (ms: number): string => `${ms.toFixed(Math.abs(ms) < 1 ? 2 : ms < 100 ? 1 : 0)} ms`;
export const showPerSecond = (count: number): string => `${count.toFixed(count < 100 ? 1 : 0)}/s`;
export const showMegabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;
export const showCount = (count: number): string => String(count);
export const showPercent = (share: number): string => `${(share * 100).toFixed(2)} %`;
