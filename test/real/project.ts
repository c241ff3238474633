/** A repository on a machine, the command in it, and the sessions that work there. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RealHarness } from './harness.ts';
import type { Machine } from './machine.ts';
import { Session } from './session.ts';

export class Project {
  constructor(
    readonly machine: Machine,
    readonly dir: string,
  ) {}

  async begin(): Promise<void> {
    this.put('src/a.ts', 'export const a = 1;\n');
    this.put('src/b.ts', 'export const b = 1;\n');
    await this.git('init', '--quiet', '--initial-branch=main', '--template=');
    await this.git('add', '.');
    await this.git('commit', '--quiet', '--message=Begin');
  }

  path(name: string): string {
    return join(this.dir, name);
  }

  put(name: string, text: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  async git(...words: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.machine.run('git', words, this.dir);
    if (code !== 0) throw new Error(`git ${words.join(' ')}: ${stderr}`);
    return stdout;
  }

  /** The command in words, by an agent of that name; what it answers with `--json`. */
  // biome-ignore lint/suspicious/noExplicitAny: each command's own
  async intercom(agent: string, ...words: string[]): Promise<any> {
    const { stdout, stderr } = await this.machine.run('git-intercom', [...words, '--json'], this.dir, {
      INTERCOM_AGENT: agent,
    });
    if (stdout === '') throw new Error(`git intercom ${words.join(' ')}: ${stderr}`);
    return JSON.parse(stdout);
  }

  /** The paths that are claimed, and by whom. */
  async held(): Promise<Record<string, string>> {
    const { claims } = await this.intercom('looker', 'claims');
    const pairs = (claims as { agent: string; paths: string[] }[]).flatMap(({ agent, paths }) =>
      paths.map((path) => [path, agent] as const),
    );
    return Object.fromEntries(pairs);
  }

  session(harness: RealHarness): Session {
    return new Session(harness, this);
  }
}
