/** A repository, the built server with the SDK's own client before it, and the built command beside it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, onTestFinished } from 'vitest';
import { withCompiled } from '../compiled.ts';
import { removeFolder } from '../remove-folder.ts';
import { root } from '../tooling/sources.ts';

const bin = join(root, 'dist/bin.cjs');
const harness = join(root, 'test/mcp/harness.mjs');

/** Of all tests of a file together. */
const cache = withCompiled(mkdtempSync(join(tmpdir(), 'intercom-mcp-cache-')));
afterAll(() => removeFolder(cache));

interface Settings {
  readonly cwd?: string;
  readonly words?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What the client calls itself. */
  readonly client?: string;
  /** Under a process of its own that is the harness; else the test's process is. */
  readonly inHarness?: boolean;
  /** Words before the command: shells in between. */
  readonly through?: readonly string[];
  /** What the command is; the built one unless given. */
  readonly program?: readonly string[];
}

export class Place {
  readonly dir = realpathSync(mkdtempSync(join(tmpdir(), 'intercom-mcp-')));
  readonly repo = join(this.dir, 'repo');

  constructor({ isRepository = true } = {}) {
    onTestFinished(() => removeFolder(this.dir));
    for (const path of ['repo/src/a.ts', 'repo/src/b.ts']) put(join(this.dir, path), 'export {};\n');
    put(join(this.dir, 'home', '.gitconfig'), '[user]\n\tname = Grace Hopper\n\temail = grace@example.org\n');
    if (isRepository) this.init();
  }

  init(): void {
    this.git('init', '--quiet', '--initial-branch=main', '--template=');
    this.git('add', '.');
    this.git('commit', '--quiet', '--message=Begin');
  }

  /** As `npm install git-intercom` in the repository leaves it. */
  install(): void {
    put(join(this.repo, 'package.json'), '{ "private": true }');
    mkdirSync(join(this.repo, 'node_modules/.bin'), { recursive: true });
    symlinkSync(bin, join(this.repo, 'node_modules/.bin/git-intercom'));
  }

  git(...args: string[]): string {
    const { status, stdout, stderr } = spawnSync('git', args, { cwd: this.repo, env: this.env(), encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  }

  env(more: Readonly<Record<string, string>> = {}): Record<string, string> {
    return {
      PATH: process.env.PATH ?? '',
      HOME: join(this.dir, 'home'),
      XDG_DATA_HOME: join(this.dir, 'home/data'),
      XDG_CACHE_HOME: cache,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CEILING_DIRECTORIES: this.dir,
      // What is brought in the background comes when it comes.
      INTERCOM_TEST_ALONE: '1',
      LC_ALL: 'C',
      TZ: 'UTC',
      ...more,
    };
  }

  /** The command, as another process, by name or with an environment of its own. */
  command(who: string | Readonly<Record<string, string>>, ...words: string[]) {
    const env = this.env(typeof who === 'string' ? { INTERCOM_AGENT: who } : who);
    const options = { cwd: this.repo, env, encoding: 'utf8' as const };
    const { stdout, stderr, status } = spawnSync(process.execPath, [bin, ...words, '--json'], options);
    return { json: JSON.parse(stdout || 'null'), stderr, code: status };
  }

  /** What the command prints for people. */
  told(name: string, ...words: string[]): string {
    const options = { cwd: this.repo, env: this.env({ INTERCOM_AGENT: name }), encoding: 'utf8' as const };
    const { stdout, stderr } = spawnSync(process.execPath, [bin, ...words], options);
    return stdout + stderr;
  }

  async connect(settings: Settings = {}): Promise<Connection> {
    const { cwd = this.repo, words = [], env = {}, client: name = 'test', through = [] } = settings;
    const program = settings.program ?? [process.execPath, ...(settings.inHarness ? [harness] : []), bin];
    const [command = '', ...args] = [...through, ...program, 'mcp', ...words];
    const transport = new StdioClientTransport({
      command,
      args,
      cwd,
      env: this.env(env),
      stderr: 'pipe',
    });
    const client = new Client({ name, version: '1' }, { capabilities: {} });
    const connection = new Connection(client, transport);
    onTestFinished(() => client.close());
    await client.connect(transport);
    return connection;
  }

  /** The server without a client: what it is sent and what it says, byte by byte. */
  raw(settings: Settings = {}): ChildProcess {
    const { cwd = this.repo, words = [], env = {} } = settings;
    const child = spawn(process.execPath, [bin, 'mcp', ...words], { cwd, env: this.env(env), stdio: 'pipe' });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  }
}

/** The stdout of a server, line by line, to its end. */
export function reading(child: ChildProcess) {
  const lines: string[] = [];
  let rest = '';
  let told = () => {};
  child.stdout?.setEncoding('utf8').on('data', (part: string) => {
    const parts = (rest + part).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    told();
  });
  const closed = once(child, 'close') as Promise<[number | null, string | null]>;
  const answered = async (id: number) => {
    while (!lines.some((line) => JSON.parse(line).id === id)) {
      await new Promise<void>((resolve) => {
        told = resolve;
      });
    }
  };
  return { lines, answered, ended: async () => ({ exit: await closed, rest }) };
}

export interface Result {
  /** All of its texts. */
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: each tool's own, as it comes over the wire
  readonly json: any;
  readonly isError: boolean;
}

type CallOptions = Parameters<Client['callTool']>[2];

export class Connection {
  #stderr = '';

  constructor(
    readonly client: Client,
    readonly transport: StdioClientTransport,
  ) {
    transport.stderr?.on('data', (part) => {
      this.#stderr += part;
    });
  }

  async call(name: string, input: Record<string, unknown> = {}, options?: CallOptions): Promise<Result> {
    return resultOf((await this.client.callTool({ name, arguments: input }, undefined, options)) as CallToolResult);
  }

  get stderr(): string {
    return this.#stderr;
  }

  /** Of the server itself, where it runs under a harness. */
  get serverPid(): number {
    return Number(/command is (\d+)/.exec(this.#stderr)?.[1]);
  }
}

export function resultOf({ content, structuredContent, isError = false }: CallToolResult): Result {
  const texts = content.map((part) => (part.type === 'text' ? part.text : ''));
  return { text: texts.join('\n'), json: structuredContent, isError };
}

function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Resolves when `look` answers something; each look is a question to another process, so that nobody sleeps. */
export async function until<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
