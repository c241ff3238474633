/**
 * The server for one client: the SDK's low-level one, with our tables behind its requests. It says hello before any
 * repository is opened; `join` opens it, and finds out who calls, with the first request that needs it.
 */
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  CompleteRequestSchema,
  ErrorCode,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
  type ServerNotification,
  type ServerRequest,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import type { Notice } from '../domain/notice/notice.ts';
import { notices } from '../domain/notice/notices.ts';
import { instantOf } from '../domain/time.ts';
import type { Change } from '../domain/view.ts';
import type { Answer } from '../operations/answer.ts';
import type { Reading } from '../operations/hub.ts';
import type { Session } from '../operations/session.ts';
import { personAt } from './ask-person.ts';
import { bounded } from './bounds.ts';
import { callTool } from './call.ts';
import { complete } from './completions.ts';
import { callGuard, type Guard, guardTool } from './guard.ts';
import { instructions } from './instructions.ts';
import { listedTool } from './listed-tool.ts';
import type { Member } from './member.ts';
import { withNextCall } from './next-call.ts';
import { missingArguments, prompts, promptText } from './prompts.ts';
import {
  isListTouched,
  isResource,
  listResources,
  readResource,
  resourceTemplates,
  touchedResources,
} from './resources.ts';
import { failureResult, resultOf } from './result.ts';
import { type Choice, chosenTools } from './tools/index.ts';

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
  readonly fromTop: (paths: readonly string[], session: Session) => string[];
  /** Fires when the server ends. */
  readonly ending: AbortSignal;
  /** What hooks call; there is none for a client that has no hooks. */
  readonly guard?: Guard;
  /** The client is ready: what takes time and nobody waits for may begin. */
  readonly onReady?: (caller: Caller) => void;
}

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

export interface ClientServer {
  readonly server: Server;
  /**
   * Tells the client which of the resources it subscribed to read differently now, and, as log messages, what happened
   * to its agents: mail, an offer, a claim that was taken.
   */
  readonly tell: (changes: readonly Change[], agents: ReadonlySet<string>, read: Reading) => Promise<void>;
}

export function createServer(parts: ServerParts): ClientServer {
  const { version, choice } = parts;
  const tools = chosenTools(choice);
  const subscribed = new Set<string>();
  const server = new Server(
    { name: 'intercom', title: 'git-intercom', version },
    {
      instructions,
      capabilities: {
        tools: {},
        resources: { subscribe: true, listChanged: true },
        prompts: {},
        completions: {},
        logging: {},
      },
    },
  );
  const callerOf = (meta?: Caller['meta'], input?: Caller['input']): Caller => ({
    client: server.getClientVersion(),
    meta,
    input,
  });
  const sessionOf = async (extra: Extra): Promise<Session> => {
    const joined = await parts.join(callerOf(extra._meta));
    if (joined.status === 'done') return joined.value.session;
    const reason = joined.status === 'refused' ? `${joined.refusal.message} ${joined.refusal.next}` : 'not yet';
    throw new McpError(ErrorCode.InvalidRequest, reason);
  };
  server.oninitialized = () => parts.onReady?.(callerOf());

  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map((tool) => listedTool(tool, choice)) }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra): Promise<CallToolResult> => {
    if (params.name === guardTool && parts.guard !== undefined) {
      return callGuard(parts.guard, params.arguments, (session) => callerOf(extra._meta, session));
    }
    const tool = tools.find(({ name }) => name === params.name);
    if (tool === undefined) throw new McpError(ErrorCode.InvalidParams, `There is no tool ${params.name} here.`);
    const joined = await parts.join(callerOf(extra._meta, params.arguments)).catch((thrown: unknown) => thrown);
    const has = (wanted: string) => tools.some(({ name }) => name === wanted);
    if (!isAnswer(joined)) return failureResult(joined);
    if (joined.status !== 'done') return resultOf(tool, joined, { nowMs: parts.clock(), self: '', page: 1 });
    const { progressToken } = extra._meta ?? {};
    const result = await callTool(tool, params.arguments, {
      ...parts,
      member: joined.value,
      isReadOnly: choice.isReadOnly,
      signal: AbortSignal.any([extra.signal, parts.ending]),
      askPerson: personAt(server, extra),
      sendProgress:
        progressToken === undefined
          ? undefined
          : (progress) =>
              extra.sendNotification({ method: 'notifications/progress', params: { progressToken, ...progress } }),
    });
    return withNextCall(result, has);
  });

  server.setRequestHandler(ListResourcesRequestSchema, async (_request, extra) => ({
    resources: await listResources(await sessionOf(extra)),
  }));
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({ resourceTemplates: [...resourceTemplates] }));
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params: { uri } }, extra) => {
    const answer = isResource(uri) ? await readResource(uri, await sessionOf(extra)) : undefined;
    if (answer?.status !== 'done') throw notFound(uri, answer);
    return { contents: [{ uri, mimeType: 'application/json', text: JSON.stringify(bounded(answer.value)) }] };
  });
  server.setRequestHandler(SubscribeRequestSchema, ({ params: { uri } }) => {
    if (!isResource(uri)) throw notFound(uri, undefined);
    subscribed.add(uri);
    return {};
  });
  server.setRequestHandler(UnsubscribeRequestSchema, ({ params: { uri } }) => {
    subscribed.delete(uri);
    return {};
  });

  server.setRequestHandler(ListPromptsRequestSchema, () => ({ prompts: [...prompts] }));
  server.setRequestHandler(GetPromptRequestSchema, async ({ params: { name, arguments: given = {} } }, extra) => {
    const missing = missingArguments(name, given);
    if (missing.length > 0) throw new McpError(ErrorCode.InvalidParams, `${name} wants ${missing.join(' and ')}.`);
    const session = await sessionOf(extra);
    const fromTop = (paths: readonly string[]) => parts.fromTop(paths, session);
    const text = await promptText(name, given, { session, fromTop });
    if (text === undefined) throw new McpError(ErrorCode.InvalidParams, `There is no prompt ${name} here.`);
    return { messages: [{ role: 'user', content: { type: 'text', text } }] };
  });
  server.setRequestHandler(CompleteRequestSchema, async ({ params: { argument } }, extra) => ({
    completion: { ...(await complete(argument.name, argument.value, await sessionOf(extra))) },
  }));

  return {
    server,
    tell: async (changes, agents, read) => {
      const touched = touchedResources(changes, agents);
      for (const uri of touched) if (subscribed.has(uri)) await server.sendResourceUpdated({ uri });
      if (isListTouched(touched)) await server.sendResourceListChanged();
      for (const data of read(noticesFor(agents, changes, parts.clock()))) {
        // The SDK keeps the level that a client wants under its session.
        await server.sendLoggingMessage({ level: 'info', logger: 'intercom', data }, server.transport?.sessionId);
      }
    },
  };
}

function noticesFor(agents: ReadonlySet<string>, changes: readonly Change[], nowMs: number): Notice[] {
  const now = instantOf(nowMs);
  return [...agents].flatMap((name) => notices(changes, { name, now }).filter(({ forYou }) => forYou));
}

function isAnswer(value: unknown): value is Answer<Member> {
  return typeof value === 'object' && value !== null && 'status' in value;
}

/** The protocol's code for a resource that is not there (2025-11-25, "Resources", error handling). */
const resourceNotFound = -32_002;

function notFound(uri: string, answer: Answer<object> | undefined): McpError {
  const reason = answer?.status === 'refused' ? answer.refusal.message : `There is no resource ${uri} here.`;
  return new McpError(resourceNotFound, reason, { uri });
}
