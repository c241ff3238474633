/**
 * Coordination commits: a subject for people, trailers for machines (git-interpret-trailers(1)), the agent as author.
 *
 * `[skip ci]` stands in the last paragraph before the trailers, so that the team's CI does not run for them.
 */
import type { Headline } from '../../domain/decision.ts';
import type { Oid } from '../../domain/oid.ts';
import { oneLine } from '../../domain/text.ts';

export interface CommitParts {
  readonly tree: Oid;
  readonly parent: Oid | undefined;
  readonly agent: string;
  readonly uid: string;
  readonly atMs: number;
  /** When it was first recorded, where it is recorded once more on another tip. */
  readonly authoredMs?: number | undefined;
  /** The commit that first recorded it. */
  readonly was?: Oid | undefined;
  readonly headline: Headline;
  readonly skipCi: boolean;
}

export interface ParsedCommit {
  readonly tree: Oid;
  readonly parents: readonly Oid[];
  readonly atMs: number;
  readonly authoredMs: number;
  readonly subject: string;
  readonly message: string;
  /** In order; a key may stand several times. Empty for a commit that is not of ours. */
  readonly trailers: readonly (readonly [string, string])[];
}

/** More would make a commit of a wide claim longer than its record. */
const trailersPerKeyMax = 20;

export function formatCommit(parts: CommitParts): Buffer {
  const person = (ms: number) => `${parts.agent} <${parts.agent}@intercom.invalid> ${Math.floor(ms / 1000)} +0000`;
  const { op, subject, ids, paths = [], body, key } = parts.headline;
  const trailers = [
    ['Op', op],
    ['Agent', parts.agent],
    ['Uid', parts.uid],
    ...ids.slice(0, trailersPerKeyMax).map((id) => ['Id', id]),
    ...paths.slice(0, trailersPerKeyMax).map((path) => ['Path', path]),
    ...(key === undefined ? [] : [['Key', oneLine(key, 200)]]),
    ...(parts.was === undefined ? [] : [['Was', parts.was]]),
  ];
  const paragraphs = [
    oneLine(subject, 200) || op,
    ...(body === undefined ? [] : [body]),
    ...(parts.skipCi ? ['[skip ci]'] : []),
    trailers.map(([name, value]) => `Intercom-${name}: ${value}`).join('\n'),
  ];
  const headers = [
    `tree ${parts.tree}`,
    ...(parts.parent === undefined ? [] : [`parent ${parts.parent}`]),
    `author ${person(parts.authoredMs ?? parts.atMs)}`,
    `committer ${person(parts.atMs)}`,
  ];
  return Buffer.from(`${headers.join('\n')}\n\n${paragraphs.join('\n\n')}\n`);
}

/** Any commit, also one that somebody made by hand on the branch. */
export function parseCommit(content: Buffer): ParsedCommit {
  const text = content.toString('utf8');
  const split = text.indexOf('\n\n');
  const headers = text.slice(0, split < 0 ? undefined : split).split('\n');
  const message = split < 0 ? '' : text.slice(split + 2);
  const valuesOf = (name: string) =>
    headers.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  const msOf = (role: string) => Number(/> (\d+) [+-]\d{4}$/.exec(valuesOf(role)[0] ?? '')?.[1] ?? '0') * 1000;
  return {
    tree: valuesOf('tree')[0] as Oid,
    parents: valuesOf('parent') as Oid[],
    atMs: msOf('committer'),
    authoredMs: msOf('author'),
    subject: message.split('\n', 1)[0] ?? '',
    message,
    trailers: parseTrailers(message),
  };
}

/**
 * Every commit of ours says its operation, its agent and that one's uid; the root commit says its operation alone. A message
 * that somebody wrote by hand says none of it, nor does a merge, a revert or what a forge's editor commits.
 */
export function isOurs(commit: Pick<ParsedCommit, 'parents' | 'trailers'>): boolean {
  const isRoot = commit.parents.length === 0;
  return (isRoot ? ['Op'] : ['Op', 'Agent', 'Uid']).every((name) => trailer(commit, name) !== undefined);
}

function parseTrailers(message: string): [string, string][] {
  const last = message.trimEnd().split('\n\n').pop() ?? '';
  return last.split('\n').flatMap((line): [string, string][] => {
    const found = /^Intercom-([A-Za-z]+): (.*)$/.exec(line);
    return found === null ? [] : [[found[1] as string, found[2] as string]];
  });
}

export function trailer(commit: Pick<ParsedCommit, 'trailers'>, name: string): string | undefined {
  return commit.trailers.find(([known]) => known === name)?.[1];
}
