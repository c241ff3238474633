/** Instants as text in records (ISO 8601 UTC, RFC 3339 §5.6), as milliseconds in decisions; durations as words. */

export type Instant = string;

export function instantOf(ms: number): Instant {
  return new Date(ms).toISOString();
}

/** Milliseconds since the epoch; NaN for a text that is no instant (records are checked before they get here). */
export function msOf(instant: Instant): number {
  return Date.parse(instant);
}

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** `90s`, `30m`, `2h`, `1h30m`, `7d` as seconds; a bare number is minutes. Undefined when it is none of these. */
export function parseDuration(words: string): number | undefined {
  const text = words.trim().toLowerCase();
  if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) * 60);
  if (!/^(\d+(\.\d+)?[smhdw])+$/.test(text)) return undefined;
  let seconds = 0;
  for (const part of text.matchAll(/(\d+(?:\.\d+)?)([smhdw])/g)) {
    seconds += Number(part[1]) * (unitSeconds[part[2] as string] as number);
  }
  return Math.round(seconds);
}

/** The two largest units at most: `45s`, `30m`, `1h 5m`, `3d 2h`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return pair(Math.floor(whole / 60), 'm', whole % 60, 's', whole < 600);
  if (whole < 86_400) return pair(Math.floor(whole / 3600), 'h', Math.floor((whole % 3600) / 60), 'm', true);
  return pair(Math.floor(whole / 86_400), 'd', Math.floor((whole % 86_400) / 3600), 'h', true);
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string, both: boolean): string {
  return both && small > 0 ? `${large}${largeUnit} ${small}${smallUnit}` : `${large}${largeUnit}`;
}
