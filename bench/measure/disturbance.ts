/** What git does in a busy repository while the coordination branch is written: over and over until it is stopped. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { git } from './repository.ts';

/** Resolves when it has stopped. */
export type Stop = () => Promise<void>;

const loops = [
  'git gc --quiet',
  'git pack-refs --all; sleep 0.02',
  'git update-ref refs/heads/other "$0"; git update-ref refs/heads/other "$1"; sleep 0.02',
];

export function disturb(dir: string): Stop {
  const stop = join(dir, '.git', 'stop-disturbing');
  const tree = git(dir, ['hash-object', '-t', 'tree', '-w', '/dev/null']);
  const commits = ['one', 'two'].map((message) =>
    git(dir, ['-c', 'user.name=Agent', '-c', 'user.email=agent@intercom.invalid', 'commit-tree', '-m', message, tree]),
  );
  // A benchmark that is killed must not leave them running.
  const pid = String(process.pid);
  const running = loops.map((loop) =>
    spawn('sh', ['-c', `while kill -0 "$2" && ! [ -e .git/stop-disturbing ]; do ${loop}; done`, ...commits, pid], {
      cwd: dir,
      stdio: 'ignore',
    }),
  );
  const ended = running.map((each: ChildProcess) => once(each, 'close'));
  return async () => {
    writeFileSync(stop, '');
    await Promise.all(ended);
    rmSync(stop);
  };
}
