/**
 * Commits on the coordination branch that no program of ours would make: by hand, which nobody obeys, and with our trailers,
 * as a program of ours with a defect would.
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { git } from './sandbox.ts';

/** A file's content, an entry of another mode, or nothing: the path is taken away with all below it. */
export type Entry = string | Buffer | { readonly mode: '120000' | '160000' | '100755'; readonly oid: string } | null;

/** What marks a commit as one of ours. */
export const ourTrailers = trailersOf('tester', 'u-tester');

export function trailersOf(agent: string, uid: string): string {
  return `Intercom-Op: test\nIntercom-Agent: ${agent}\nIntercom-Uid: ${uid}`;
}

const asOurs = `odd records\n\n${ourTrailers}`;

/** Records that nobody would write, in a commit that counts. Answers the new tip. */
export function commitAsOurs(dir: string, entries: Readonly<Record<string, Entry>>): string {
  return commitByHand(dir, entries, asOurs);
}

/** Paths begin at `.intercom`. Answers the new tip. */
export function commitByHand(dir: string, entries: Readonly<Record<string, Entry>>, message = 'by hand'): string {
  const index = join(dir, '.git/index by hand');
  const inIndex = (args: readonly string[], input?: string | Buffer) =>
    execFileSync('git', args, { cwd: dir, input, env: { ...process.env, GIT_INDEX_FILE: index } })
      .toString()
      .trim();
  inIndex(['read-tree', 'intercom']);
  for (const [path, entry] of Object.entries(entries)) {
    const full = `.intercom/${path}`;
    if (entry === null) inIndex(['rm', '-rq', '--cached', '--ignore-unmatch', full]);
    else {
      const isContent = typeof entry === 'string' || Buffer.isBuffer(entry);
      const { mode, oid } = isContent ? { mode: '100644', oid: blob(dir, entry) } : entry;
      inIndex(['update-index', '--add', '--replace', '--cacheinfo', mode, oid, full]);
    }
  }
  const tree = inIndex(['write-tree', '--missing-ok']);
  rmSync(index);
  return commitTree(dir, tree, message);
}

export function blob(dir: string, content: string | Buffer): string {
  return object(dir, 'blob', Buffer.from(content));
}

/** An object of any bytes, also of such as git itself would not write. */
export function object(dir: string, type: 'blob' | 'tree' | 'commit', content: Buffer): string {
  const args = ['hash-object', '-w', '--literally', '--stdin', '-t', type];
  return execFileSync('git', args, { cwd: dir, input: content }).toString().trim();
}

export interface RawEntry {
  readonly mode: string;
  readonly name: string | Buffer;
  readonly oid: string;
}

/** A tree with these entries in this order. */
export function rawTree(dir: string, entries: readonly RawEntry[]): string {
  const rows = entries.flatMap(({ mode, name, oid }) => [
    Buffer.from(`${mode} `),
    Buffer.from(name),
    Buffer.from([0]),
    Buffer.from(oid, 'hex'),
  ]);
  return object(dir, 'tree', Buffer.concat(rows));
}

/** The tip with one folder below `.intercom` replaced by a tree, whatever that holds, in a commit that counts. */
export function commitFolder(dir: string, folder: string, tree: string): string {
  const entriesOf = (treeish: string) =>
    git(dir, 'ls-tree', '-z', treeish)
      .split('\0')
      .filter((line) => line !== '')
      .map((line): RawEntry => {
        const [, mode = '', oid = '', name = ''] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
        return { mode: mode.replace(/^0/, ''), name, oid };
      });
  const others = entriesOf('intercom:.intercom').filter(({ name }) => name !== folder);
  const key = ({ mode, name }: RawEntry) => Buffer.from(mode === '40000' ? `${name}/` : name);
  const entries = [...others, { mode: '40000', name: folder, oid: tree }];
  const below = rawTree(
    dir,
    entries.sort((a, b) => Buffer.compare(key(a), key(b))),
  );
  return commitTree(dir, rawTree(dir, [{ mode: '40000', name: '.intercom', oid: below }]), asOurs);
}

function commitTree(dir: string, tree: string, message: string): string {
  const tip = git(dir, 'commit-tree', tree, '-p', 'refs/heads/intercom', '-m', message);
  git(dir, 'update-ref', 'refs/heads/intercom', tip);
  return tip;
}
