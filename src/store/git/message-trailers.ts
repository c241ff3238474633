/** Trailers in the message of a commit that is being made (git-interpret-trailers(1)). */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { askGit, type HookPlace } from './hook-git.ts';

export interface Trailer {
  readonly key: string;
  readonly value: string;
}

/**
 * Writes each trailer that the message does not have yet, above the comments of its template. A message that git would
 * take for empty, or for its untouched template, stays as it is: with a trailer it would become a commit.
 */
export function addTrailers(place: HookPlace, file: string, trailers: readonly Trailer[]): void {
  const text = readFileSync(resolve(place.cwd, file), 'utf8');
  const said = words(place, text);
  if (said === '' || said === templateWords(place)) return;
  const added = trailers.flatMap(({ key, value }) => ['--trailer', `${key}: ${value}`]);
  // Explicit, because trailer.where and its likes may say otherwise; a message may hold the line that divides patches.
  const how = ['--in-place', '--no-divider', '--where=end', '--if-exists=addIfDifferent', '--if-missing=add'];
  askGit(place, ['interpret-trailers', ...how, ...added, file]);
}

/** Without comments, what stands below the scissors, and sign-offs, which git does not count as words either. */
function words(place: HookPlace, text: string): string {
  const above = text.split(/^.+ -{24} >8 -{24}$/m, 1)[0] ?? '';
  const plain = askGit(place, ['stripspace', '--strip-comments'], above) ?? '';
  return plain.replace(/^Signed-off-by: .*$/gm, '').trim();
}

function templateWords(place: HookPlace): string | undefined {
  const file = askGit(place, ['config', '--type=path', '--get', 'commit.template'])?.trim();
  if (!file) return undefined;
  try {
    return words(place, readFileSync(resolve(place.cwd, file), 'utf8'));
  } catch {
    return undefined;
  }
}
