/** A repository, and harnesses in a home of their own, set up by `git intercom init`, with a scripted model behind them. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { root } from '../../tooling/sources.ts';
import { programOf } from './programs.ts';
import type { RealHarness } from './real-harness.ts';
import { startScriptedModel } from './scripted-model.ts';
import type { Turn } from './turn.ts';

const bin = join(root, 'dist/bin.cjs');

/** Of `a.ts` and `b.ts`. */
export const before = 'export const x = 1;\n';
export const after = 'export const x = 2;\n';

export class RealPlace {
  readonly dir = mkdtempSync(join(tmpdir(), 'intercom-real-'));
  readonly repo = join(this.dir, 'repo');
  readonly home = join(this.dir, 'home');
  /** As an agent types it. */
  readonly command = `${process.execPath} ${bin}`;

  constructor(...harnesses: readonly RealHarness[]) {
    onTestFinished(() => rmSync(this.dir, { recursive: true, force: true, maxRetries: 5 }));
    this.#put(this.repo, { 'a.ts': before, 'b.ts': before });
    for (const harness of harnesses) {
      this.#put(this.home, harness.answered(this.repo));
      this.#putProgram(harness);
    }
    const git = (...words: string[]) => execFileSync('git', words, { cwd: this.repo, env: this.#env(), stdio: 'pipe' });
    git('init', '--quiet', '--initial-branch=main');
    git('add', '.');
    git('-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', 'commit', '--quiet', '-m', 'Begin');
    this.intercom('init', '--yes', '--no-remote', '--harness', harnesses.map(({ name }) => name).join(','));
  }

  /** As a person, or with `--agent` as somebody else. */
  intercom(...words: string[]): string {
    const options = { cwd: this.repo, env: this.#env(), encoding: 'utf8' as const, stdio: 'pipe' as const };
    return execFileSync(process.execPath, [bin, ...words], options);
  }

  path(name: string): string {
    return join(this.repo, name);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  /** One prompt without a terminal. Resolves to what the model was told, request by request, when the program has ended. */
  async prompt(harness: RealHarness, turns: readonly Turn[]): Promise<readonly string[]> {
    const model = await startScriptedModel([...turns, { text: 'done' }]);
    const { words, env, homeFiles = {}, repoFiles = {} } = harness.start('do it', model.url);
    this.#put(this.home, homeFiles);
    this.#put(this.repo, repoFiles);
    const child = spawn(join(this.home, 'bin', harness.binary), words, {
      cwd: this.repo,
      env: { ...this.#env(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
    });
    const output: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => output.push(part));
    await new Promise((done) => child.on('close', done));
    model.close();
    if (model.requests.length === 0) throw new Error(`${harness.name} asked nothing: ${Buffer.concat(output)}`);
    return model.requests;
  }

  #putProgram(harness: RealHarness): void {
    const file = programOf(harness);
    const line = file.endsWith('.js') ? `"${process.execPath}" "${file}"` : `"${file}"`;
    this.#put(this.home, { [`bin/${harness.binary}`]: `#!/bin/sh\nexec ${line} "$@"\n` }, 0o755);
  }

  #env(): NodeJS.ProcessEnv {
    const path = [join(this.home, 'bin'), dirname(process.execPath), process.env.PATH].join(delimiter);
    return { PATH: path, HOME: this.home, TMPDIR: this.dir, SHELL: '/bin/sh', LANG: 'C.UTF-8' };
  }

  #put(folder: string, files: Readonly<Record<string, string>>, mode = 0o644): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text, { mode });
    }
  }
}
