/**
 * What a team does without this package: fetch, commit on top, push, and again where somebody else was quicker. One
 * shell a clone, in a work tree that holds nothing but the records.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimPath } from '../../src/domain/record/path.ts';
import { encodeRecord } from '../../src/store/records.ts';
import { claimRecord } from './records.ts';
import { git } from './repository.ts';

const script = `
n=0
while [ "$n" -lt "$1" ]; do
  n=$((n + 1))
  until
    kill -0 $PPID 2>/dev/null || exit 1
    git fetch -q origin team 2>/dev/null && git reset -q --hard FETCH_HEAD &&
      mkdir -p "$(dirname "$2-$n")" && printf '%s' "$3" >"$2-$n" && git add "$2-$n" &&
      git commit -q -m "claim $n" && git push -q origin HEAD:team 2>/dev/null
  do :; done
done
`;

export interface PushLoop {
  /** Milliseconds for the next so many commits of each clone, all clones at once. */
  run(commitsEach: number): Promise<number>;
}

export function openPushLoop(clones: number): PushLoop {
  const folder = mkdtempSync(join(tmpdir(), 'push-loop-'));
  const bare = join(folder, 'team.git');
  git(folder, ['init', '--quiet', '--bare', '--initial-branch=team', bare]);
  const dirs = Array.from({ length: clones }, (_, n) => join(folder, `clone-${n}`));
  for (const [n, dir] of dirs.entries()) {
    git(folder, ['clone', '--quiet', bare, dir]);
    for (const [key, value] of [
      ['user.name', 'Agent'],
      ['user.email', 'agent@intercom.invalid'],
    ] as const) {
      git(dir, ['config', key, value]);
    }
    if (n === 0) {
      git(dir, ['commit', '--quiet', '--allow-empty', '-m', 'begin']);
      git(dir, ['push', '--quiet', 'origin', 'HEAD:team']);
    }
  }
  let count = 0;
  const write = async (dir: string, commits: number) => {
    const claim = claimRecord(count++, Date.now());
    const args = ['-c', script, 'sh', String(commits), claimPath(claim.id), encodeRecord(claim).toString()];
    const shell = spawn('sh', args, { cwd: dir, stdio: ['ignore', 'ignore', 'inherit'] });
    const [code] = await once(shell, 'close');
    if (code !== 0) throw new Error(`a clone of the push loop ended with code ${code}`);
  };
  return {
    run: async (commitsEach) => {
      const start = performance.now();
      await Promise.all(dirs.map((dir) => write(dir, commitsEach)));
      return performance.now() - start;
    },
  };
}
