/**
 * The MCP server over HTTP, composed: each client has a server and an agent of its own; all share the store, and one
 * watch on the branch that tells each of them.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { UsageError } from '../cli/usage-error.ts';
import type { Words } from '../cli/words.ts';
import { serveHttp } from '../mcp/http.ts';
import type { HttpClient } from '../mcp/http-session.ts';
import { Members } from '../mcp/members.ts';
import { Requests } from '../mcp/requests.ts';
import { type ClientServer, createServer, type ServerParts } from '../mcp/server.ts';
import { requireName } from '../open.ts';
import { changes } from '../operations/changes.ts';
import { readingHere } from '../operations/hub.ts';
import type { Session } from '../operations/session.ts';
import { joiningWith } from './joining.ts';

interface Parts {
  readonly common: Omit<ServerParts, 'join' | 'joinToLook' | 'untilWatching' | 'onReady'>;
  readonly open: () => Promise<Session>;
}

/** Resolves when the server has ended, all agents have left, and the store is closed. */
export async function serveOverHttp(words: Words, env: NodeJS.ProcessEnv, { common, open }: Parts): Promise<void> {
  const port = portOf(words);
  const given = tokenIn(env);
  const token = given ?? randomBytes(32).toString('base64url');
  const session = await open();
  const clients = new Clients(session, common);
  await clients.tellUntil(common.ending);
  const serving = await serveHttp({ port, token, open: (id, agent) => clients.open(id, agent), clock: common.clock });
  process.stderr.write(`${told(serving.address, given === undefined ? token : undefined)}\n`);
  if (!common.ending.aborted) await once(common.ending, 'abort');
  await serving.end();
  await session.store.close();
}

class Clients {
  readonly #clients = new Set<{ readonly server: ClientServer; readonly members: Members }>();

  constructor(
    private readonly session: Session,
    private readonly common: Parts['common'],
  ) {}

  open(id: string, agent: string | undefined): HttpClient {
    if (agent !== undefined) requireName(agent);
    const { isReadOnly } = this.common.choice;
    const base = async () => this.session;
    const joining = joiningWith({ base, given: agent, env: {}, httpSession: id });
    const members = new Members(joining, isReadOnly);
    const parts: ServerParts = {
      ...this.common,
      join: (caller) => members.join(caller),
      joinToLook: (caller) => members.joinToLook(caller),
      // Nobody is served before.
      untilWatching: async () => {},
      onReady: (caller) => void members.joinEarly(caller),
    };
    const server = createServer(parts, async () => ({ Requests }));
    const client = { server, members };
    this.#clients.add(client);
    return {
      server: server.server,
      end: async () => {
        this.#clients.delete(client);
        await members.end();
      },
    };
  }

  /**
   * Each client of what it subscribed to, with each move of the branch. Resolves when that has begun; a watch that
   * fails costs the clients what they are told unasked, and their calls go on.
   */
  tellUntil(ending: AbortSignal): Promise<void> {
    return new Promise(
      (resolve) =>
        void this.#tell(ending, resolve)
          .catch(() => {})
          .finally(resolve),
    );
  }

  async #tell(ending: AbortSignal, onBegin: () => void): Promise<void> {
    for await (const move of changes(this.session, ending, onBegin)) {
      const read = await readingHere(this.session);
      const told = [...this.#clients].map(({ server, members }) => server.tell(move, members.names(), read));
      await Promise.allSettled(told);
    }
  }
}

function portOf(words: Words): number {
  if (words.text('agent') !== undefined) {
    throw new UsageError(
      'With --http each client is an agent of its own: --agent names none of them.',
      'Let the client send the header Intercom-Agent, or leave the name to git intercom.',
    );
  }
  const port = words.number('port') ?? 0;
  if (port > 65_535) throw new UsageError(`There is no port ${port}.`, 'Ports go from 1 to 65535.');
  return port;
}

function tokenIn({ INTERCOM_TOKEN: token }: NodeJS.ProcessEnv): string | undefined {
  if (token === undefined || token === '') return undefined;
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new UsageError('INTERCOM_TOKEN has a space or a sign that no header can carry.', 'Use letters and digits.');
}

/** On stderr, which nothing reads but people. A token from the environment is known to whoever set it. */
function told(address: string, token: string | undefined): string {
  const shown = token ?? '$INTERCOM_TOKEN';
  return [
    `The MCP server listens at ${address}, for programs of this machine.`,
    token === undefined ? 'The token is that of INTERCOM_TOKEN.' : `The token is ${token}`,
    `Claude Code: claude mcp add --transport http intercom ${address} --header "Authorization: Bearer ${shown}"`,
    'Ctrl-C ends it, and the agents of its clients leave.',
  ].join('\n');
}
