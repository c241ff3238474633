/** A repository with a person, Dave, whose page the built command serves; agents are named by word. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { envOfPerson } from '../person.ts';
import { removeFolder } from '../remove-folder.ts';
import { root } from '../tooling/sources.ts';

const command = `${root}dist/bin.cjs`;

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export class PagePlace {
  readonly folder = mkdtempSync(join(tmpdir(), 'intercom-page-'));
  /** Where commands are run, and the page is served. */
  dir = join(this.folder, 'repo');
  readonly env = { ...process.env, ...envOfPerson(this.folder, 'dave') };
  #child: ChildProcess | undefined;
  #said = { out: '', err: '' };
  #address = '';

  constructor() {
    this.git('init', '--quiet', '--initial-branch=main', this.dir);
  }

  git(...args: string[]): void {
    execFileSync('git', args, { cwd: existsSync(this.dir) ? this.dir : this.folder, env: this.env, stdio: 'pipe' });
  }

  /** In another folder of this place. */
  in(name: string): this {
    this.dir = join(this.folder, name);
    return this;
  }

  /** Answers what it printed; throws where it did not end well. */
  run(...words: string[]): string {
    const { status, stdout, stderr } = this.try(words);
    if (status !== 0) throw new Error(`${words.join(' ')}: ${status} ${stderr}`);
    return stdout;
  }

  try(words: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...words], {
      cwd: this.dir,
      env: { ...this.env, ...env },
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }

  json(...words: string[]) {
    return JSON.parse(this.run(...words, '--json'));
  }

  /** Answers its path. */
  write(name: string, text: string): string {
    writeFileSync(join(this.dir, name), text);
    return join(this.dir, name);
  }

  /** Answers the address that it printed. */
  async serve(words: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<string> {
    const child = spawn(process.execPath, [command, 'ui', ...words], {
      cwd: this.dir,
      env: { ...this.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#said = { out: '', err: '' };
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      this.#said.err += part;
    });
    this.#address = await new Promise((resolve, reject) => {
      child.stdout.setEncoding('utf8').on('data', (part: string) => {
        this.#said.out += part;
        const found = /http:\/\/[^\s"]+/.exec(this.#said.out)?.[0];
        if (found !== undefined && this.#said.out.endsWith('\n')) resolve(found);
      });
      child.once('close', (code) => reject(new Error(`exit ${code}: ${this.#said.err}`)));
    });
    return this.#address;
  }

  get said() {
    return this.#said;
  }

  get host(): string {
    return new URL(this.#address).host;
  }

  get token(): string {
    return new URL(this.#address).searchParams.get('token') ?? '';
  }

  /** Answers the exit code. */
  async end(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    const child = this.#child;
    if (child === undefined) return null;
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, 'close');
    }
    return child.exitCode;
  }

  async remove(): Promise<void> {
    await this.end();
    removeFolder(this.folder);
  }

  /** As a browser asks that has been here before; any of its headers may be another. */
  async ask(path: string, { method = 'GET', headers = {}, body }: Asking = {}): Promise<Answered> {
    return this.askPlainly(path, { method, headers: { ...(await this.own(method)), ...headers }, body });
  }

  async own(method = 'GET'): Promise<Record<string, string>> {
    const { headers } = await this.askPlainly(`/?token=${this.token}`);
    const cookie = String(headers['set-cookie']).split(';')[0] as string;
    return { cookie, ...(method === 'POST' && { origin: `http://${this.host}`, 'content-type': 'application/json' }) };
  }

  /** Where the page lies. */
  async base(): Promise<string> {
    return String((await this.askPlainly(`/?token=${this.token}`)).headers.location);
  }

  askPlainly(path: string, { method = 'GET', headers = {}, body }: Asking = {}): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const [host, port] = this.host.split(':');
      const asked = request({ host, port, path, method, headers, agent: false }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          body += part;
        });
        response.once('close', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      });
      asked.once('error', reject);
      asked.end(body);
    });
  }

  async act(act: unknown, asking: Asking = {}): Promise<Answered> {
    const body = typeof act === 'string' ? act : JSON.stringify(act);
    return this.ask(`${await this.base()}act`, { method: 'POST', body, ...asking });
  }

  /** What a page is sent, as it comes. Ends with the server, or when nobody asks for more. */
  async *events() {
    const response = await fetch(`http://${this.host}${await this.base()}events`, { headers: await this.own() });
    let text = '';
    for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += part;
      const events = text.split('\n\n');
      text = events.pop() as string;
      for (const event of events) {
        const [, kind, data] = /^event: (\w+)\ndata: (.*)$/s.exec(event) ?? [];
        if (data !== undefined) yield { kind, value: JSON.parse(data) };
      }
    }
  }

  async *states() {
    for await (const { kind, value } of this.events()) if (kind === 'state') yield value;
  }

  /** The first state that is so. */
  async state(isSo: (state: Record<string, unknown[]>) => boolean = () => true) {
    for await (const state of this.states()) if (isSo(state)) return state;
    throw new Error('the server ended before it was so');
  }
}
