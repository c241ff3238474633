/**
 * Standing ownership: who looks after which paths, whether or not anybody claims them. It has no lease and stops nobody
 * for long: who edits what others look after is warned once.
 */
import { matches } from '../pattern/match.ts';
import { parsePattern } from '../pattern/parse.ts';
import { listed, oneLine } from '../text.ts';

export interface Owner {
  /** As in claims: from the top, a folder with all below it. */
  readonly paths: readonly string[];
  /** Names or tags of agents. Others, such as teams of a forge, are nobody here, and only named. */
  readonly agents: readonly string[];
  readonly why?: string | undefined;
}

export interface Owned {
  readonly owner: Owner;
  readonly path: string;
}

interface Self {
  readonly name: string;
  readonly tags: readonly string[];
}

/** Of the paths that others look after, each with its owner. As in CODEOWNERS the last entry that matches counts. */
export function ownedByOthers(
  paths: readonly string[],
  owners: readonly Owner[],
  self: Self,
  options: { readonly ignoreCase: boolean },
): Owned[] {
  if (owners.length === 0) return [];
  const isOurs = ({ agents }: Owner) => agents.some((agent) => agent === self.name || self.tags.includes(agent));
  return paths.flatMap((path) => {
    const owner = owners.findLast((each) => each.paths.some((pattern) => isIn(path, pattern, options)));
    return owner === undefined || owner.agents.length === 0 || isOurs(owner) ? [] : [{ owner, path }];
  });
}

function isIn(path: string, pattern: string, options: { readonly ignoreCase: boolean }): boolean {
  // `docs/*` is what lies in the folder, and not what lies deeper.
  const below = /(?:^|[^*])\*$/.test(pattern) ? 'excluded' : 'included';
  const parsed = parsePattern(pattern, { ...options, below });
  return parsed.ok && matches(parsed.pattern, path);
}

/** What an agent is warned of once, for all the paths of an entry. */
export function ownerWarning({ owner }: Owned): string {
  return `owner ${owner.paths.join(' ')}`;
}

export function toldOwned([first, ...more]: readonly [Owned, ...Owned[]]): string {
  const { owner, path } = first;
  // Teams and addresses of a forge are no names of agents.
  const agent = owner.agents.find((each) => !each.includes('@'));
  const ask = agent === undefined ? 'Ask them first' : `Ask first (tool ask, or git intercom ask ${agent} "…")`;
  const why = owner.why === undefined ? '' : `: ${oneLine(owner.why, 200)}`;
  const others = more.length === 0 ? '' : ` So is what you change in ${listed(more.map((each) => each.path))}.`;
  return `intercom: ${path} is in the care of ${listed(owner.agents, 3)}${why}.${others} Nothing was written. ${ask}, or do the same once more: it will not be held up again.`;
}
