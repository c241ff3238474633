/** Three repositories of one hub, with the built command in each of them. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Ran, run, Scratch } from '../cli/scratch.ts';
import { root } from '../tooling/sources.ts';

export type Where = 'client' | 'server' | 'service' | 'twin/server';

export interface Told {
  readonly code: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the command prints; each test says what it expects
  readonly [key: string]: any;
}

export class Scene {
  readonly scratch = new Scratch();
  readonly hub = join(this.scratch.dir, 'home/data/git-intercom/hubs/team.git');

  /** Two files each, the same in all: what is told apart is not told apart by chance. */
  make(...places: readonly Where[]): void {
    for (const place of places) {
      const top = this.at(place);
      for (const path of ['src/auth.ts', 'src/api/users.ts']) this.put(place, path, `// ${place}\n`);
      this.git(place, 'init', '--quiet', '--initial-branch=main', '--template=');
      this.git(place, 'add', '.');
      this.git(place, 'commit', '--quiet', `--message=Begin ${place}`);
      mkdirSync(join(top, '.intercom'), { recursive: true });
    }
  }

  at(place: string): string {
    return join(this.scratch.dir, place);
  }

  put(place: string, path: string, text: string): void {
    const file = join(this.at(place), path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  git(place: string, ...words: string[]): string {
    return this.scratch.git('-C', this.at(place), ...words);
  }

  config(place: string): string {
    return readFileSync(join(this.at(place), '.intercom/config.yaml'), 'utf8');
  }

  /** What the command prints, as it stands. */
  say(place: string, agent: string | undefined, ...words: string[]): Promise<Ran> {
    this.scratch.nowMs += 1000;
    // What a courier would bring later, the test brings when it wants to.
    const env = { ...this.scratch.env(agent), INTERCOM_TEST_ALONE: '1' };
    return run('git-intercom', words, this.at(place), env);
  }

  /** An edit of a Claude Code session, as its hook asks about it: with the built program, or one that stands alone. */
  edit(place: string, session: string, path: string, program = join(root, 'dist/hook.cjs')): Ran {
    this.scratch.nowMs += 1000;
    const cwd = this.at(place);
    const tool_input = { file_path: join(cwd, path) };
    const input = { session_id: session, cwd, hook_event_name: 'PreToolUse', tool_name: 'Edit', tool_input };
    const env = { ...this.scratch.env(), INTERCOM_TEST_ALONE: '1', CLAUDE_PID: String(process.pid) };
    const words = [program, 'hook', 'claude-code', 'PreToolUse'];
    const { stdout, stderr, status } = spawnSync(process.execPath, words, {
      ...{ cwd, env, encoding: 'utf8' },
      input: JSON.stringify(input),
    });
    return { stdout, stderr, code: status ?? -1 };
  }

  async ask(place: string, agent: string | undefined, ...words: string[]): Promise<Told> {
    const { code, stdout, stderr } = await this.say(place, agent, ...words, '--json');
    if (stdout === '') throw new Error(`${words.join(' ')}: ${stderr}`);
    return { code, ...JSON.parse(stdout) };
  }

  /** Each joins the hub after what the others did before has reached it. */
  async join(...places: readonly Where[]): Promise<void> {
    for (const place of places) {
      await this.ask(place, undefined, 'init', '--hub', 'team', '--harness', 'none');
      await this.sync(place);
    }
    for (const place of places) await this.sync(place);
  }

  async sync(place: string): Promise<void> {
    const { code, stderr } = await this.say(place, undefined, 'sync', '--once');
    if (code !== 0) throw new Error(stderr);
  }

  /** As its policy has it, or as it was found out: `1f3a9c20`. */
  id(place: string): string {
    const file = join(this.at(place), '.git/intercom/repository');
    return /~([0-9a-f]{8})/.exec(this.config(place))?.[1] ?? readFileSync(file, 'utf8').trim();
  }

  remove(): void {
    this.scratch.remove();
  }
}
