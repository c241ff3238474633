/** A real path as a pattern, and what of a typed pattern is a real path. */

import { asFile, isResource } from './resource.ts';

/**
 * The canonical pattern that spells this path and no other: `src/[id]/page.tsx` becomes `src/\[id]/page.tsx`, and a
 * file named `port:80` becomes `./port:80`. A name with a control character has no pattern; claim its folder.
 */
export function escapePath(path: string): string {
  return asFile(path.normalize('NFC').replace(/[*?[{\\]|(?<=[@+!?*])\(/gu, '\\$&'));
}

/** The leading folders of a typed pattern that stand there, when some of them would be read as a glob; and what follows them. */
export interface Led {
  /** Empty where nothing needs to be escaped. */
  readonly lead: string;
  readonly rest: string;
}

/** `src/[id]` and `**` of `src/[id]/**`, where such a folder is. Without globs no folder is asked for. */
export function ledBy(text: string, isFolder: (path: string) => boolean): Led {
  let end = 0;
  for (let at = text.indexOf('/'); at !== -1 && !isResource(text); at = text.indexOf('/', at + 1)) {
    const lead = text.slice(0, at);
    if (!hasGlob(lead)) continue;
    if (!isFolder(lead)) break;
    end = at;
  }
  return end === 0 ? { lead: '', rest: text } : { lead: text.slice(0, end), rest: text.slice(end + 1) };
}

/** The pattern with its lead escaped: `src/\[id]/**`. */
export function withLead({ lead, rest }: Led): string {
  return lead === '' ? rest : `${escapePath(lead)}/${rest}`;
}

/** One pattern for canonical ones without braces; a single one as it is. */
export function anyOf(patterns: readonly string[]): string {
  const [only = '', ...others] = patterns;
  return others.length === 0 ? only : `{${patterns.map((each) => each.replace(/[,}]/g, '\\$&')).join(',')}}`;
}

export function hasGlob(text: string): boolean {
  return /[[\]{}*?\\]/.test(text);
}
