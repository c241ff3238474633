/** A scratch repository with people in it, and the built command on their PATH: time and chance are the test's own. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { withCompiled } from '../compiled.ts';
import { removeFolder } from '../remove-folder.ts';
import { root } from '../tooling/sources.ts';

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  /** 128 and the signal's number where a signal ended it, as shells have it. */
  readonly code: number;
}

const files: Readonly<Record<string, string>> = {
  'src/auth.ts': 'export function login() {\n  return session();\n}\n',
  'src/cart.ts': 'export const cart = [];\n',
  'src/api/users.ts': 'export const users = [];\n',
  'docs/guide.md': '# Guide\n',
};

const timeoutMs = 25_000;
export class Scratch {
  /** Holds the repository, linked worktrees, clones and a home folder. */
  readonly dir = realpathSync(mkdtempSync(join(tmpdir(), 'intercom-')));
  readonly repo = join(this.dir, 'repo');
  nowMs = Date.parse('2026-03-02T09:00:00Z');
  #seed = 0;

  constructor() {
    for (const [path, text] of Object.entries(files)) put(join(this.repo, path), text);
    put(join(this.dir, 'home', '.gitconfig'), '[user]\n\tname = Grace Hopper\n\temail = grace@example.org\n');
    put(join(this.dir, 'home', 'data', 'git-intercom', 'person'), `p${'0'.repeat(19)}1\n`);
    withCompiled(join(this.dir, 'home', '.cache'));
    mkdirSync(join(this.dir, 'bin'));
    symlinkSync(join(root, 'dist/bin.cjs'), join(this.dir, 'bin', 'git-intercom'));
    this.git('init', '--quiet', '--initial-branch=main', '--template=');
    this.git('add', '.');
    this.git('commit', '--quiet', '--message=Begin');
  }

  /** The environment of one command. Each has another seed: the same one would give the same ids again. */
  env(agent?: string): NodeJS.ProcessEnv {
    const now = new Date(this.nowMs).toISOString();
    return {
      PATH: [join(this.dir, 'bin'), process.env.PATH].join(delimiter),
      HOME: join(this.dir, 'home'),
      XDG_DATA_HOME: join(this.dir, 'home', 'data'),
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CEILING_DIRECTORIES: this.dir,
      GIT_AUTHOR_DATE: now,
      GIT_COMMITTER_DATE: now,
      LC_ALL: 'C',
      TZ: 'UTC',
      INTERCOM_TEST_CLOCK: now,
      INTERCOM_TEST_SEED: String(++this.#seed),
      ...(agent !== undefined && { INTERCOM_AGENT: agent }),
    };
  }

  /** Plain git, in the repository unless told otherwise. */
  git(...args: string[]): string {
    const { status, stdout, stderr } = spawnSync('git', args, { cwd: this.repo, env: this.env(), encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  }

  /** The tip of the coordination branch as it stands in its file; empty where there is none. */
  tip(): string {
    try {
      return readFileSync(join(this.repo, '.git/refs/heads/intercom'), 'utf8').trim();
    } catch {
      return '';
    }
  }

  remove(): void {
    removeFolder(this.dir);
  }
}

/** Runs a program to its end, with nothing on its standard input. */
/** `onSaid` is called when something comes on standard error. */
export function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  onSaid = () => {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      stdout += part;
    });
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      stderr += part;
      onSaid();
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ stdout, stderr, code: code ?? (signal === 'SIGINT' ? 130 : 143) }));
  });
}

function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

export function writePolicy(repo: string, text: string): void {
  put(join(repo, '.intercom/config.yaml'), text);
}
