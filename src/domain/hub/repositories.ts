/** The repositories that share a branch: which are known, and which one somebody means by what was typed. */
import { nearest } from '../agent/name.ts';
import { idOf, isKey, labelOf } from '../pattern/repository.ts';
import { agentsFolder } from '../record/path.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { View } from '../view.ts';

/** By their agents, of whom those who left count as well. The newest label of each counts. */
export function repositoriesIn(view: View, own: string): string[] {
  const keysById = new Map<string, { readonly key: string; readonly at: string }>();
  for (const record of view.folder(agentsFolder).values()) {
    if (record.kind !== 'agent') continue;
    const { repositories = [], lastSeen: at } = record;
    for (const key of repositories.filter(isKey)) {
      if (at >= (keysById.get(idOf(key))?.at ?? '')) keysById.set(idOf(key), { key, at });
    }
  }
  keysById.delete(idOf(own));
  return [own, ...[...keysById.values()].map(({ key }) => key)].sort();
}

/** `server:src/auth.ts`, also with the whole key, or with a slash before the path. */
const typedForm = /^([a-z][a-z0-9_-]+(?:~[0-9a-f]{8})?):\/?(.*)$/s;

/**
 * The path as records have it. A word before the colon that is no repository's is a resource's, and the text stays; so
 * does what has none. A label that several repositories have is refused: each is then named by its key.
 */
export function typedPath(
  text: string,
  repositories: readonly string[],
): { readonly ok: true; readonly path: string } | { readonly ok: false; readonly refusal: Refusal } {
  const [, name, rest] = typedForm.exec(text) ?? [];
  if (name === undefined || rest === undefined) return { ok: true, path: text };
  const meant = repositories.filter((key) => (name.includes('~') ? idOf(key) === idOf(name) : labelOf(key) === name));
  const [only, ...others] = meant;
  if (only !== undefined && others.length === 0) return { ok: true, path: `${only}:/${rest === '' ? '**' : rest}` };
  if (only !== undefined) {
    const message = `${meant.length} repositories of this hub are called ${name}: ${meant.join(', ')}.`;
    return refuse('ambiguous', message, `Name it whole, as in ${only}:${rest}.`, { nearest: meant });
  }
  // `sevrer:src/auth.ts` must not become a resource that nobody else would ever ask for.
  if (!name.includes('~') && !looksLikePath.test(rest)) return { ok: true, path: text };
  const near = nearest(name, [...new Set(repositories.map(labelOf))]);
  const message = `No repository of this hub is called ${name}, as far as this clone knows.`;
  const next = near.length === 0 ? 'Run git intercom who --scope hub to see them.' : `Did you mean ${near[0]}:${rest}?`;
  return refuse('ambiguous', message, next, { nearest: near });
}

/** In a hub no resource has a slash or an ending. */
const looksLikePath = /\/|\.[A-Za-z0-9]+$/;

/** Whether a word before a colon might be that of a repository which is not known here yet. */
export function namesUnknown(text: string, repositories: readonly string[]): boolean {
  const [, name] = typedForm.exec(text) ?? [];
  return name !== undefined && !repositories.some((key) => labelOf(key) === name || key === name);
}
