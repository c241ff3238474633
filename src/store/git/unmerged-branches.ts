/** On which branches work on some paths has not come into the default branch, in any form: asked once about all the paths. */
import { matches } from '../../domain/pattern/match.ts';
import { parsePattern } from '../../domain/pattern/parse.ts';
import { askGit } from './ask-git.ts';
import { landedOnEach } from './landed-otherwise.ts';
import type { Repository } from './locate.ts';
import { pathspecs } from './pathspecs.ts';

/** A repository may have thousands of branches; the ones with the latest commits matter. */
const branchesMax = 200;

interface Where {
  readonly repository: Repository;
  /** The ref of the default branch, or null. */
  readonly base: () => Promise<string | null>;
  /** The coordination branch, which is no work of anybody. */
  readonly own: string;
}

/** For each path in order. */
export async function readUnmergedBranches(paths: readonly string[], { repository, base: baseOf, own }: Where) {
  const found = paths.map((): string[] => []);
  const specs = pathspecs(paths, repository);
  const base = specs.length === 0 ? null : await baseOf();
  if (base === null) return found;
  const git = askGit(repository);
  const format = ['--format=%(refname)', '--sort=-committerdate', `--count=${branchesMax}`];
  const listing = await git(['for-each-ref', ...format, `--no-merged=${base}`, 'refs/heads']);
  const branches = (listing ?? '').split('\n').filter((ref) => ref !== '' && ref !== `refs/heads/${own}`);
  const parts = paths.map((path) => filesOn(path, repository));
  for (const ref of branches) {
    const args = ['log', '-1', '--format=%H', '--no-merges', `${base}..${ref}`, '--', ...specs];
    if (((await git(args)) ?? '') === '') continue;
    const states = await landedOnEach({ tip: ref, base, pathspecs: specs }, parts, repository);
    for (const [n, how] of states.entries()) {
      if (how === 'missing' || how === 'unknown') found[n]?.push(ref.replace('refs/heads/', ''));
    }
  }
  return found;
}

/** No file is on a resource, or on what is no pattern. */
function filesOn(path: string, { ignoreCase }: Repository): (file: string) => boolean {
  const parsed = parsePattern(path, { ignoreCase });
  return (file) => parsed.ok && matches(parsed.pattern, file);
}
