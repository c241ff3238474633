/** Which process is the harness, where that is the session: found from below, past what stands in between. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { withCompiled } from '../compiled.ts';
import { removeFolder } from '../remove-folder.ts';
import { root } from '../tooling/sources.ts';

test.runIf(process.platform === 'linux')('however a harness starts the command, it is one agent', () => {
  const dir = mkdtempSync(join(tmpdir(), 'intercom-process-'));
  onTestFinished(() => removeFolder(dir));
  mkdirSync(join(dir, 'bin'));
  symlinkSync(join(root, 'dist/bin.cjs'), join(dir, 'bin/git-intercom'));
  const home = { HOME: dir, XDG_CACHE_HOME: withCompiled(join(dir, '.cache')) };
  const env = { ...process.env, ...home, PATH: [join(dir, 'bin'), process.env.PATH].join(delimiter), GEMINI_CLI: '1' };
  spawnSync('git', ['init', '--quiet', dir]);
  const name = (words: string) => {
    const { stdout, stderr } = spawnSync('bash', ['-c', words], { cwd: dir, env, encoding: 'utf8' });
    return /●\s+(\S+)/.exec(stdout)?.[1] ?? stderr;
  };
  const lines = ['git-intercom status one', 'git intercom status two', 'cd . && git -C . intercom status three | cat'];
  const names = new Set(lines.map(name));
  expect([...names]).toEqual([expect.stringMatching(/^[a-z]+-[a-z]+$/)]);
});
