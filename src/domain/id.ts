/**
 * Record ids: 9 characters of milliseconds, then 7 of chance (35 bits), in Crockford's base 32, lower case.
 * They sort by time as text until the year 3085. People may type the last few characters.
 */

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const timeChars = 9;
const chanceChars = 7;

/** `chance` is at least seven bytes; the low five bits of each are used. */
export function formatId(ms: number, chance: Uint8Array): string {
  let time = '';
  for (let rest = Math.max(0, Math.floor(ms)), n = 0; n < timeChars; n++) {
    time = alphabet[rest % 32] + time;
    rest = Math.floor(rest / 32);
  }
  let tail = '';
  for (let n = 0; n < chanceChars; n++) tail += alphabet[(chance[n] as number) & 31];
  return time + tail;
}

/** When an id was made; undefined for one that another program made. */
export function msOfId(id: string): number | undefined {
  if (!isWholeId(id)) return undefined;
  let ms = 0;
  for (const char of id.slice(0, timeChars)) ms = ms * 32 + alphabet.indexOf(char);
  return ms;
}

/** What may name a record's file, or a thread: also ids that other programs made. */
export const idForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** Whether it is the whole of an id, as `formatId` makes them. */
export function isWholeId(text: string): boolean {
  return /^[0-9a-z]{16}$/.test(text);
}

/** Whether it has the form of an id, or of the part of one that is shown: then it is taken for no path. */
export function isTypedId(text: string): boolean {
  return /^(?:[0-9a-hjkmnp-tv-z]{7}|[0-9a-hjkmnp-tv-z]{16})$/.test(text);
}

/** What a person sees and may type: the part of an id that differs. */
export function shortId(id: string): string {
  return id.length > chanceChars ? id.slice(-chanceChars) : id;
}

/** Whether what somebody typed means this id: the whole of it, or an ending of at least four characters. */
export function meansId(typed: string, id: string): boolean {
  return typed === id || (typed.length >= 4 && id.endsWith(typed.toLowerCase()));
}
