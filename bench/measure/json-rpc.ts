/** A client of an MCP server over stdio, so thin that a call measures the server. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { command, root } from './bench.ts';

type Json = Readonly<Record<string, unknown>>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: Json;
  readonly error?: Json;
}

interface StartedIn {
  readonly dir: string;
  readonly agent: string;
  /** Of node's code cache; the user's own unless given. */
  readonly cacheFolder?: string;
}

/** `git intercom mcp` as it is shipped. */
export function startServer({ dir, agent, cacheFolder }: StartedIn): Client {
  const cache = cacheFolder === undefined ? {} : { XDG_CACHE_HOME: cacheFolder };
  const env = { ...process.env, ...cache, INTERCOM_AGENT: agent };
  return start([command, 'mcp'], dir, env);
}

export function startHandWritten(dir: string): Client {
  return start([join(root, 'bench/measure/hand-written-server.cjs')], dir, process.env);
}

function start(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Client {
  const startedMs = performance.now();
  return new Client(spawn(process.execPath, args, { cwd, env, stdio: ['pipe', 'pipe', 'inherit'] }), startedMs);
}

export class Client {
  readonly #waiting = new Map<number, (message: Message) => void>();
  #count = 0;
  #onNotification: (method: string) => void = () => {};

  constructor(
    private readonly child: ChildProcess,
    private readonly startedMs: number,
  ) {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => this.#receive(line));
  }

  get pid(): number {
    return this.child.pid as number;
  }

  /** Milliseconds from the start of the process to the answer. */
  async initialize(): Promise<number> {
    const clientInfo = { name: 'bench', version: '0' };
    await this.request('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
    return performance.now() - this.startedMs;
  }

  /** The first answer of a tool needs the repository, and comes when it is open. */
  async makeReady(): Promise<void> {
    await this.initialize();
    this.#write({ method: 'notifications/initialized' });
    await this.call('who', {});
  }

  async call(name: string, args: Json): Promise<Json> {
    const result = await this.request('tools/call', { name, arguments: args });
    if (result.isError) throw new Error(`${name}: ${JSON.stringify(result)}`);
    return result;
  }

  request(method: string, params: Json): Promise<Json> {
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) => {
        if (result === undefined) reject(new Error(`${method}: ${JSON.stringify(error)}`));
        else resolve(result);
      });
      this.#write({ id, method, params });
    });
  }

  onNotification(heard: (method: string) => void): void {
    this.#onNotification = heard;
  }

  /** As a client leaves: by the end of the pipe. */
  async close(): Promise<void> {
    this.child.stdin?.end();
    if (this.child.exitCode === null) await once(this.child, 'close');
  }

  #write(message: object): void {
    this.child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }

  #receive(line: string): void {
    const message = JSON.parse(line) as Message;
    if (message.id === undefined) {
      this.#onNotification(message.method ?? '');
    } else {
      this.#waiting.get(message.id)?.(message);
      this.#waiting.delete(message.id);
    }
  }
}
