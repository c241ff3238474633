/** The remotes of a repository, as its own configuration names them (git-remote(1)). */
import type { GitConfig } from './config.ts';

export interface GitRemote {
  readonly name: string;
  readonly url: string;
}

/** In the order of the file. Those of an included or of the user's own configuration are git's to know. */
export function remotesIn(config: GitConfig): GitRemote[] {
  return [...config].flatMap(([key, url]) => {
    const name = /^remote\.(.+)\.url$/s.exec(key)?.[1];
    return name === undefined ? [] : [{ name, url }];
  });
}

/** Whether more may be configured than the repository's own file says. */
export function hasIncludes(config: GitConfig): boolean {
  return [...config.keys()].some((key) => key.startsWith('include.') || key.startsWith('includeif.'));
}

/** Whether what was typed as a remote is a place, by git's rules (git-fetch(1), "GIT URLS"), and no name of a remote. */
export function isAddress(text: string): boolean {
  return /[/\\:]/.test(text) || text === '.' || text === '..';
}
