/** A repository whose hooks call the built command, as git runs them. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { gitHookNames } from '../../src/hooks/command.ts';
import { type Ran, run, Scratch } from '../cli/scratch.ts';
import { commitAsOurs } from '../store/git/by-hand.ts';

export class HookPlace extends Scratch {
  constructor({ hasHooks = true } = {}) {
    super();
    onTestFinished(() => this.remove());
    mkdirSync(join(this.repo, '.git/hooks'), { recursive: true });
    if (!hasHooks) return;
    for (const name of gitHookNames) this.hook(name, `exec git-intercom hook git ${name} "$@"`);
  }

  hook(name: string, script: string): void {
    const file = join(this.repo, '.git/hooks', name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }

  put(path: string, text: string, top = this.repo): void {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), text);
  }

  read(path: string, top = this.repo): string {
    return readFileSync(join(top, path), 'utf8');
  }

  /** The real git, with its hooks: as an agent, or as a person. */
  as(
    agent: string | undefined,
    words: readonly string[],
    extra: NodeJS.ProcessEnv = {},
    cwd = this.repo,
  ): Promise<Ran> {
    return run('git', words, cwd, { ...this.env(agent), ...extra });
  }

  async claim(agent: string, ...words: string[]): Promise<string> {
    const { stdout, stderr, code } = await this.as(agent, ['intercom', 'claim', '--json', ...words]);
    if (code !== 0) throw new Error(stderr);
    return JSON.parse(stdout).claim.id;
  }

  /** As a guard claims. */
  async claimAutomatically(agent: string, ...words: string[]): Promise<string> {
    const id = await this.claim(agent, ...words);
    const path = `claims/${id}.yaml`;
    const record = this.git('show', `intercom:.intercom/${path}`);
    commitAsOurs(this.repo, { [path]: `${record}\nauto: true\n` });
    return id;
  }

  async held(): Promise<string[]> {
    const { stdout } = await this.as('watcher', ['intercom', 'claims', '--json']);
    return JSON.parse(stdout).claims.flatMap(({ paths }: { paths: string[] }) => paths);
  }

  message(): string {
    return this.git('log', '-1', '--format=%B');
  }
}
