/** A forge for the tests: a bare origin, somebody who works on it, and checkouts as a CI host makes them. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { withCompiled } from '../compiled.ts';
import { removeFolder } from '../remove-folder.ts';
import { run } from '../tooling/run.ts';
import { root } from '../tooling/sources.ts';

export class Scratch {
  readonly folder = mkdtempSync(join(tmpdir(), 'git-intercom-hosts-'));
  readonly origin = join(this.folder, 'origin.git');
  readonly work = join(this.folder, 'work');
  /** What a CI host hands to a job, less everything that this process has from its own surroundings. */
  readonly env: NodeJS.ProcessEnv = {
    PATH: `${join(this.folder, 'bin')}:${process.env.PATH}`,
    HOME: join(this.folder, 'home'),
    GIT_CONFIG_NOSYSTEM: '1',
    CI: 'true',
  };
  #checkouts = 0;

  async begin(): Promise<void> {
    mkdirSync(this.env.HOME as string);
    withCompiled(join(this.env.HOME as string, '.cache'));
    await this.git(this.folder, 'init', '--quiet', '--bare', '--initial-branch=main', this.origin);
    await this.git(this.folder, 'init', '--quiet', '--initial-branch=main', this.work);
    await this.git(this.work, 'config', 'user.name', 'Ada');
    await this.git(this.work, 'config', 'user.email', 'ada@example.com');
    await this.git(this.work, 'remote', 'add', 'origin', this.origin);
  }

  end(): void {
    removeFolder(this.folder);
  }

  async git(cwd: string, ...args: string[]): Promise<string> {
    const { exitCode, output } = await this.start('git', args, cwd);
    if (exitCode !== 0) throw new Error(`git ${args.join(' ')} ended with ${exitCode}: ${output}`);
    return output.trim();
  }

  /** The new commit. */
  async commit(files: Readonly<Record<string, string>>, message: string): Promise<string> {
    for (const [path, text] of Object.entries(files)) write(join(this.work, path), text);
    await this.git(this.work, 'add', '--all');
    await this.git(this.work, 'commit', '--quiet', '--allow-empty', '--message', message);
    return this.git(this.work, 'rev-parse', 'HEAD');
  }

  /** By the build of this checkout, as an agent in `work`; the coordination branch then goes to the origin. */
  async intercom(agent: string, ...args: string[]): Promise<void> {
    const bin = join(root, 'dist/bin.cjs');
    const { exitCode, output } = await this.start('node', [bin, '--agent', agent, ...args], this.work);
    if (exitCode !== 0) throw new Error(`git-intercom ${args.join(' ')} ended with ${exitCode}: ${output}`);
    await this.git(this.work, 'push', '--quiet', 'origin', 'intercom');
  }

  async checkout(branch: string, ...options: string[]): Promise<string> {
    this.#checkouts += 1;
    const checkout = join(this.folder, `checkout-${this.#checkouts}`);
    const options_ = ['--quiet', '--single-branch', `--branch=${branch}`, ...options];
    await this.git(this.folder, 'clone', ...options_, `file://${this.origin}`, checkout);
    return checkout;
  }

  /** A program on the PATH of every job. */
  program(name: string, script: string): void {
    write(join(this.folder, 'bin', name), script);
    chmodSync(join(this.folder, 'bin', name), 0o755);
  }

  /** `npx --yes git-intercom@VERSION …` runs the build of this checkout, and notes its words. */
  npxRunsTheBuild(): void {
    const bin = join(root, 'dist/bin.cjs');
    this.program('npx', `#!/bin/sh\nprintf '%s\\n' "$@" > '${this.npxWords}'\nshift 2\nexec node '${bin}' "$@"\n`);
  }

  readonly npxWords = join(this.folder, 'npx-words');

  wordsOfNpx(): string[] {
    return readFileSync(this.npxWords, 'utf8').split('\n').slice(0, -1);
  }

  start(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}) {
    return run(program, args, { cwd, env: { ...cleared(), ...this.env, ...env } });
  }
}

/** `run` adds to the environment of this process, so what it has must be taken away by name. */
function cleared(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.keys(process.env).map((name) => [name, undefined]));
}

export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
