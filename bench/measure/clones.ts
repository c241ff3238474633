/** Clones of one bare repository on disk that coordinate over it, as `init --remote` leaves them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from './bench.ts';
import { git } from './repository.ts';

export interface Team {
  /** All of it, to be removed by `removeRepository`: what brings records in the background ends by itself. */
  readonly folder: string;
  readonly bare: string;
  readonly clones: readonly string[];
}

/** `config` goes into the team's policy file, after the line that `init` writes. */
export function makeTeam(count: number, config = ''): Team {
  const folder = mkdtempSync(join(tmpdir(), 'team-'));
  const bare = join(folder, 'team.git');
  git(folder, ['init', '--quiet', '--bare', '--initial-branch=main', bare]);
  const clones = Array.from({ length: count }, (_, n) => join(folder, `clone-${n}`));
  for (const [n, dir] of clones.entries()) {
    git(folder, ['clone', '--quiet', bare, dir]);
    git(dir, ['config', 'user.name', 'Agent']);
    git(dir, ['config', 'user.email', 'agent@intercom.invalid']);
    intercom(dir, `starter-${n}`, ['init', '--remote', 'origin', '--harness', 'none', '--yes']);
    if (n > 0) continue;
    execFileSync('sh', ['-c', 'cat >>.intercom/config.yaml'], { cwd: dir, input: config });
    git(dir, ['add', '.intercom/config.yaml']);
    git(dir, ['commit', '--quiet', '-m', 'coordinate over origin']);
    git(dir, ['push', '--quiet', 'origin', 'HEAD:main']);
  }
  return { folder, bare, clones };
}

/** What it printed. */
export function intercom(dir: string, agent: string, words: readonly string[]): string {
  return execFileSync(process.execPath, [command, '-C', dir, '--agent', agent, ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}
