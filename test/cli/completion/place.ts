/** A folder to complete in: some files, and a `git-intercom` that tells the words it was given. */
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { removeFolder } from '../../remove-folder.ts';
import { run } from '../../tooling/run.ts';
import { root } from '../../tooling/sources.ts';

export interface Place {
  /** The work tree, to start shells in. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The file with the script of the shell. */
  readonly script: string;
  readonly remove: () => void;
}

export async function makePlace(shell: 'bash' | 'zsh' | 'fish'): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), `completion-${shell}-`));
  const cwd = join(folder, 'work');
  const bin = join(folder, 'bin');
  const script = join(folder, `completion.${shell}`);
  for (const name of ['src/deep', 'docs']) mkdirSync(join(cwd, name), { recursive: true });
  mkdirSync(bin);
  writeFileSync(join(cwd, 'Release notes.md'), '');
  writeFileSync(join(bin, 'git-intercom'), `#!/bin/sh\nprintf 'typed:'\nprintf ' <%s>' "$@"\necho\n`);
  chmodSync(join(bin, 'git-intercom'), 0o755);
  // Outside of any repository: a shell's start-up file runs it anywhere.
  const printed = await run(process.execPath, [`${root}dist/bin.cjs`, 'completion', shell], { cwd: folder });
  if (printed.exitCode !== 0) throw new Error(printed.output);
  writeFileSync(script, printed.output);
  const env = { HOME: folder, PATH: [bin, process.env.PATH].join(delimiter), TERM: 'dumb', LC_ALL: 'C.UTF-8' };
  return { cwd, env, script, remove: () => removeFolder(folder) };
}

export async function isHere(shell: string): Promise<boolean> {
  return (await run(shell, ['-c', 'exit 0'])).exitCode === 0;
}

/** The words that the command was given, as the shell printed them: `<release> <--force>`. */
export function typedWords(output: string): string {
  return /^typed: (.*?)\r?$/m.exec(output)?.[1] ?? output;
}
