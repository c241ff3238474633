/** Claude Code in a home of its own, set up by `git intercom init`, with a scripted model behind it. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { root } from '../../tooling/sources.ts';
import { programOf } from './programs.ts';
import { startScriptedModel } from './scripted-model.ts';
import type { Turn } from './turn.ts';

const bin = join(root, 'dist/bin.cjs');
const key = 'sk-ant-test-0000000000000000000000';

export interface Heard {
  /** What the model was told, request by request. */
  readonly requests: readonly string[];
  readonly output: string;
}

export class ClaudePlace {
  readonly dir = mkdtempSync(join(tmpdir(), 'intercom-claude-'));
  readonly repo = join(this.dir, 'repo');
  readonly home = join(this.dir, 'home');
  /** As an agent types it. */
  readonly command = `${process.execPath} ${bin}`;

  constructor(files: Readonly<Record<string, string>>) {
    onTestFinished(() => rmSync(this.dir, { recursive: true, force: true, maxRetries: 5 }));
    for (const [path, text] of Object.entries(files)) this.#put(join(this.repo, path), text);
    mkdirSync(join(this.home, 'bin'), { recursive: true });
    symlinkSync(programOf('claude-code'), join(this.home, 'bin/claude'));
    // What a person has answered at the first start.
    const asked = { hasTrustDialogAccepted: true, hasCompletedProjectOnboarding: true };
    const answered = {
      hasCompletedOnboarding: true,
      customApiKeyResponses: { approved: [key.slice(-20)], rejected: [] },
      projects: { [this.repo]: asked },
    };
    this.#put(join(this.home, '.claude.json'), JSON.stringify(answered));
    const git = (...words: string[]) => execFileSync('git', words, { cwd: this.repo, env: this.#env(), stdio: 'pipe' });
    git('init', '--quiet', '--initial-branch=main');
    git('add', '.');
    git('-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', 'commit', '--quiet', '-m', 'Begin');
    this.intercom('init', '--yes', '--no-remote', '--harness', 'claude-code');
  }

  /** As a person, or with `--agent` as somebody else. */
  intercom(...words: string[]): string {
    const options = { cwd: this.repo, env: this.#env(), encoding: 'utf8' as const, stdio: 'pipe' as const };
    return execFileSync(process.execPath, [bin, ...words], options);
  }

  read(path: string): string {
    return readFileSync(join(this.repo, path), 'utf8');
  }

  /** One prompt in print mode; resolves when the program has ended. */
  async prompt(text: string, turns: readonly Turn[]): Promise<Heard> {
    const model = await startScriptedModel(turns);
    const env = {
      ...this.#env(),
      ANTHROPIC_BASE_URL: model.url,
      ANTHROPIC_API_KEY: key,
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_AUTOUPDATER: '1',
    };
    const words = [
      '-p',
      text,
      '--permission-mode',
      'acceptEdits',
      '--allowedTools',
      'Bash',
      '--model',
      'claude-sonnet-4-5',
    ];
    const child = spawn(programOf('claude-code'), words, {
      cwd: this.repo,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
    });
    const parts: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => parts.push(part));
    await new Promise((done) => child.on('close', done));
    model.close();
    return { requests: model.requests, output: Buffer.concat(parts).toString() };
  }

  #env(): NodeJS.ProcessEnv {
    const path = [join(this.home, 'bin'), dirname(process.execPath), process.env.PATH].join(':');
    return { PATH: path, HOME: this.home, TMPDIR: this.dir, SHELL: '/bin/sh', LANG: 'C.UTF-8' };
  }

  #put(file: string, text: string): void {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
