/**
 * The server for one client: the SDK's low-level one, with our tables behind its requests. It says hello before any
 * repository is opened, and before anything else is loaded; `join` opens the repository, and finds out who calls, with
 * the first request that needs it.
 */
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  CallToolRequestSchema,
  CompleteRequestSchema,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  ReadResourceRequestSchema,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import type { Change } from '../domain/view.ts';
import type { Answer } from '../operations/answer.ts';
import type { Reading } from '../operations/hub.ts';
import type { Session } from '../operations/session.ts';
import type { Guard } from './guard.ts';
import { instructions, lookingInstructions } from './instructions.ts';
import type { Member } from './member.ts';
import type * as Requesting from './requests.ts';
import type { Choice } from './tools/index.ts';

/** What a call tells of its caller. */
export interface Caller {
  readonly client: { readonly name: string; readonly version: string } | undefined;
  readonly meta: Readonly<Record<string, unknown>> | undefined;
  readonly input: Readonly<Record<string, unknown>> | undefined;
}

export interface ServerParts {
  readonly version: string;
  readonly choice: Choice;
  readonly clock: () => number;
  /** The session of the caller; refused where its name is taken by another. */
  readonly join: (caller: Caller) => Promise<Answer<Member>>;
  /** The same for what only looks, which goes on where nothing can be recorded. */
  readonly joinToLook: (caller: Caller) => Promise<Answer<Member>>;
  readonly fromTop: (paths: readonly string[], session: Session, which?: 'files here') => string[];
  /** Fires when the server ends. */
  readonly ending: AbortSignal;
  /** What hooks call; there is none for a client that has no hooks. */
  readonly guard?: Guard;
  /** Resolves when whatever is recorded from then on is told to the client, or where nothing can be watched. */
  readonly untilWatching: () => Promise<void>;
  /** The client is ready: what takes time and nobody waits for may begin. */
  readonly onReady?: (caller: Caller) => void;
}

export interface ClientServer {
  readonly server: Server;
  /**
   * Tells the client which of the resources it subscribed to read differently now, and, as log messages, what happened
   * to its agents: mail, an offer, a claim that was taken.
   */
  readonly tell: (changes: readonly Change[], agents: ReadonlySet<string>, read: Reading) => Promise<void>;
}

/** What `load` brings answers all requests but the first. */
export function createServer(
  parts: ServerParts,
  load: () => Promise<Pick<typeof Requesting, 'Requests'>>,
): ClientServer {
  const server = new Server(
    { name: 'intercom', title: 'git-intercom', version: parts.version },
    {
      instructions: parts.choice.isReadOnly ? lookingInstructions : instructions,
      capabilities: {
        tools: {},
        resources: { subscribe: true, listChanged: true },
        prompts: {},
        completions: {},
        logging: {},
      },
    },
  );
  let loading: Promise<Requesting.Requests> | undefined;
  const requests = () => {
    loading ??= load().then(({ Requests }) => new Requests(server, parts));
    return loading;
  };
  server.oninitialized = () => {
    void requests().catch(() => {}); // What goes wrong is told by the first request.
    // A client that waited for no answer is ready before the SDK has read who it is.
    setImmediate(() => parts.onReady?.({ client: server.getClientVersion(), meta: undefined, input: undefined }));
  };
  const asked = async <T>(ask: (ready: Requesting.Requests) => T | Promise<T>): Promise<T> => {
    const ready = await requests();
    try {
      return await ask(ready);
    } catch (thrown) {
      throw ready.inProtocol(thrown);
    }
  };
  const on = server.setRequestHandler.bind(server);
  on(ListToolsRequestSchema, () => asked((ready) => ready.listTools()));
  on(CallToolRequestSchema, (request, extra) => asked((ready) => ready.callTool(request, extra)));
  on(ListResourcesRequestSchema, (_request, extra) => asked((ready) => ready.listResources(extra)));
  on(ListResourceTemplatesRequestSchema, () => asked((ready) => ready.listResourceTemplates()));
  on(ReadResourceRequestSchema, (request, extra) => asked((ready) => ready.readResource(request, extra)));
  on(SubscribeRequestSchema, (request) => asked((ready) => ready.subscribe(request)));
  on(UnsubscribeRequestSchema, (request) => asked((ready) => ready.unsubscribe(request)));
  on(ListPromptsRequestSchema, () => asked((ready) => ready.listPrompts()));
  on(GetPromptRequestSchema, (request, extra) => asked((ready) => ready.getPrompt(request, extra)));
  on(CompleteRequestSchema, (request, extra) => asked((ready) => ready.complete(request, extra)));
  return { server, tell: async (changes, agents, read) => (await requests()).tell(changes, agents, read) };
}
