/** A scratch repository in which the built command runs, as `git intercom` too. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { withCompiled } from '../compiled.ts';
import { removeFolder } from '../remove-folder.ts';
import { run } from '../tooling/run.ts';
import { root } from '../tooling/sources.ts';

export interface Repository {
  readonly folder: string;
  /** A line for the shell, in the repository. */
  readonly shell: (line: string, env?: NodeJS.ProcessEnv) => ReturnType<typeof run>;
  /** The document that a command with --json prints; what it tells people beside it is left out. */
  readonly json: (line: string, env?: NodeJS.ProcessEnv) => Promise<ReturnType<typeof JSON.parse>>;
  readonly git: (args: readonly string[], input?: string | Buffer) => string;
  readonly remove: () => void;
}

export function makeRepository(): Repository {
  const home = mkdtempSync(join(tmpdir(), 'git-intercom-schema-'));
  const folder = join(home, 'work');
  const bin = join(home, 'bin');
  for (const path of [folder, bin]) mkdirSync(path);
  withCompiled(join(home, '.cache'));
  symlinkSync(`${root}dist/bin.cjs`, join(bin, 'git-intercom'));
  writeFileSync(join(home, '.gitconfig'), '[user]\n\tname = Ada\n\temail = ada@example.invalid\n');
  const path = [bin, process.env.PATH].join(delimiter);
  const env = { HOME: home, PATH: path, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home, INTERCOM_AGENT: '' };
  const git = (args: readonly string[], input: string | Buffer = '') =>
    execFileSync('git', args, { cwd: folder, input, env: { ...process.env, ...env }, encoding: 'utf8' });
  git(['init', '--quiet', '--initial-branch=main']);
  const shell: Repository['shell'] = (line, more) => run('sh', ['-c', line], { cwd: folder, env: { ...env, ...more } });
  return {
    folder,
    shell,
    json: async (line, more) => JSON.parse((await shell(`${line} --json 2>/dev/null`, more)).output),
    git,
    remove: () => removeFolder(home),
  };
}
