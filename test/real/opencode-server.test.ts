/** Several sessions in one OpenCode (`opencode serve`), by its HTTP interface. By `npm run test:harness`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { areAllAsked } from './installed.ts';
import { Model } from './model/model.ts';
import { say } from './model/saying.ts';
import { opencode } from './opencode.ts';
import { onMachineWith } from './place.ts';
import type { Project } from './project.ts';

describe.runIf(areAllAsked)('two sessions of one OpenCode', () => {
  const project = onMachineWith(opencode);

  test('are two agents: each has its own claims and its own mail, and both are over when the process is gone', async () => {
    const server = await Server.start(project());
    const [one, two] = [await server.session('one'), await server.session('two')];
    await Promise.all([server.prompt(one), server.prompt(two)]);
    const { 'src/one.ts': first = '', 'src/two.ts': second = '', ...others } = await project().held();
    expect([first, second, others]).toEqual([expect.any(String), expect.any(String), {}]);
    expect(first).not.toBe(second);

    for (const [agent, name] of [[first, 'one'] as const, [second, 'two'] as const, [first, 'one'] as const]) {
      const before = server.heard.length;
      await project().intercom('bold-fox', 'send', agent, `For ${agent} alone`);
      await expect.poll(() => server.heard.length, { timeout: 30_000 }).toBeGreaterThan(before);
      expect(server.heard.slice(before)).toEqual([{ name, news: expect.stringContaining(`For ${agent} alone`) }]);
    }

    server.kill();
    await expect.poll(() => project().held(), { timeout: 30_000 }).toEqual({});
  });
});

/** The model of a session writes the file that is named in its prompt, and is done. */
class Server {
  /** What each model request brought, and of which session. */
  readonly heard: { readonly name: string; readonly news: string }[] = [];
  #url = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly project: Project,
  ) {}

  static async start(project: Project): Promise<Server> {
    const { machine, dir } = project;
    const env = machine.env(opencode.env({ modelUrl: machine.model.url, key: Model.keyOf('server') }));
    const child = spawn(opencode.binary, ['serve', '--port', '0'], {
      cwd: dir,
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const server = new Server(child, project);
    onTestFinished(() => server.kill());
    server.#script();
    for (let said = ''; server.#url === ''; ) {
      const [bytes] = await once(child.stdout as NodeJS.ReadableStream, 'data');
      said += bytes;
      server.#url = /listening on (http:\S+)/.exec(said)?.[1] ?? '';
    }
    return server;
  }

  async session(name: string): Promise<{ readonly name: string; readonly id: string }> {
    const { id } = (await this.#post('/session', {})) as { id: string };
    return { name, id };
  }

  /** Resolves when its turn is over. */
  prompt({ name, id }: { readonly name: string; readonly id: string }): Promise<unknown> {
    return this.#post(`/session/${id}/message`, { parts: [{ type: 'text', text: `You are number ${name}.` }] });
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  #script(): void {
    const { write } = opencode.steps((path) => this.project.path(path));
    const turn = ({ all, news }: { readonly all: string; readonly news: string }) => {
      const name = /You are number (\w+)\./.exec(all)?.[1] ?? '';
      this.heard.push({ name, news });
      return news.includes('You are number') ? write(`src/${name}.ts`, name) : say('Done.');
    };
    this.project.machine.model.plays('server', ...Array.from({ length: 50 }, () => turn));
  }

  async #post(path: string, body: object): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(this.#url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return answer.json();
  }
}
