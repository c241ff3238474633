/**
 * What the server does with each request but the first. The client waits for the answer to `initialize`, and all of this,
 * with the operations behind it, is several times as much to load: it is loaded when the client is ready.
 */
import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import {
  type CallToolRequest,
  type CallToolResult,
  type CompleteRequest,
  type CompleteResult,
  ErrorCode,
  type GetPromptRequest,
  type GetPromptResult,
  type ListPromptsResult,
  type ListResourcesResult,
  type ListResourceTemplatesResult,
  type ListToolsResult,
  type ReadResourceRequest,
  type ReadResourceResult,
  type ServerNotification,
  type ServerRequest,
  type SubscribeRequest,
} from '@modelcontextprotocol/sdk/types.js';
import type { Notice } from '../domain/notice/notice.ts';
import { notices } from '../domain/notice/notices.ts';
import { plainly } from '../domain/plainly.ts';
import { instantOf } from '../domain/time.ts';
import type { Change } from '../domain/view.ts';
import type { Answer } from '../operations/answer.ts';
import type { Reading } from '../operations/hub.ts';
import type { Session } from '../operations/session.ts';
import { unknownName } from '../operations/unknown-name.ts';
import { personAt } from './ask-person.ts';
import { bounded, jsonBytes, sentBytesMax } from './bounds.ts';
import { callTool } from './call.ts';
import { complete } from './completions.ts';
import { callGuard, guardTool } from './guard.ts';
import { listedTool } from './listed-tool.ts';
import type { Member } from './member.ts';
import { inToolWords, withNextCall } from './next-call.ts';
import { missingArguments, prompts, promptText } from './prompts.ts';
import { inProtocol, protocolError, toldWithNext } from './protocol-error.ts';
import {
  isListTouched,
  isResource,
  listResources,
  readResource,
  resourceTemplates,
  touchedResources,
} from './resources.ts';
import { failureResult, resultOf } from './result.ts';
import type { Caller, ServerParts } from './server.ts';
import type { Tool } from './tool.ts';
import { chosenTools } from './tools/index.ts';

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

export class Requests {
  readonly #tools: readonly Tool[];
  readonly #subscribed = new Set<string>();
  readonly #has = (wanted: string) => this.#tools.some(({ name }) => name === wanted);

  constructor(
    private readonly server: Server,
    private readonly parts: ServerParts,
  ) {
    this.#tools = chosenTools(parts.choice);
  }

  listTools(): ListToolsResult {
    return { tools: this.#tools.map((tool) => listedTool(tool, this.parts.choice)) };
  }

  async callTool({ params }: CallToolRequest, extra: Extra): Promise<CallToolResult> {
    const { parts } = this;
    if (params.name === guardTool && parts.guard !== undefined) {
      return callGuard(parts.guard, params.arguments, (session) => this.#callerOf(extra, session));
    }
    const tool = this.#tools.find(({ name }) => name === params.name);
    if (tool === undefined) throw protocolError(ErrorCode.InvalidParams, `There is no tool ${params.name} here.`);
    const join = tool.effect === 'write' ? parts.join : parts.joinToLook;
    const joined = await join(this.#callerOf(extra, params.arguments)).catch((thrown: unknown) => thrown);
    if (!isAnswer(joined)) return withNextCall(failureResult(joined), this.#has);
    if (joined.status !== 'done')
      return withNextCall(
        resultOf(tool, joined, { nowMs: parts.clock(), self: '', has: this.#has, page: 1 }),
        this.#has,
      );
    const { progressToken } = extra._meta ?? {};
    const result = await callTool(tool, params.arguments, {
      ...parts,
      member: joined.value,
      isReadOnly: parts.choice.isReadOnly,
      has: this.#has,
      signal: AbortSignal.any([extra.signal, parts.ending]),
      askPerson: personAt(this.server, extra),
      sendProgress:
        progressToken === undefined
          ? undefined
          : (progress) =>
              extra.sendNotification({ method: 'notifications/progress', params: { progressToken, ...progress } }),
    });
    return withNextCall(result, this.#has);
  }

  async listResources(extra: Extra): Promise<ListResourcesResult> {
    return { resources: plainly(await listResources(await this.#sessionOf(extra))) };
  }

  listResourceTemplates(): ListResourceTemplatesResult {
    return { resourceTemplates: [...resourceTemplates] };
  }

  async readResource({ params: { uri } }: ReadResourceRequest, extra: Extra): Promise<ReadResourceResult> {
    const answer = isResource(uri) ? await readResource(uri, await this.#sessionOf(extra)) : undefined;
    if (answer?.status === 'refused') throw notFound(uri, toldWithNext(answer.refusal, this.#has));
    if (answer?.status !== 'done') throw notFound(uri, noResource(uri));
    const sentBytes = (value: unknown) => jsonBytes(JSON.stringify(value));
    const shown = bounded(plainly(inToolWords(answer.value, this.#has)), sentBytesMax, sentBytes);
    return { contents: [{ uri, mimeType: 'application/json', text: JSON.stringify(shown) }] };
  }

  /** Answered when the next change is sure to be told. */
  async subscribe({ params: { uri } }: SubscribeRequest): Promise<object> {
    if (!isResource(uri)) throw notFound(uri, noResource(uri));
    this.#subscribed.add(uri);
    await this.parts.untilWatching();
    return {};
  }

  unsubscribe({ params: { uri } }: Pick<SubscribeRequest, 'params'>): object {
    this.#subscribed.delete(uri);
    return {};
  }

  listPrompts(): ListPromptsResult {
    return { prompts: prompts(this.#has) };
  }

  async getPrompt({ params }: GetPromptRequest, extra: Extra): Promise<GetPromptResult> {
    const { name, arguments: given = {} } = params;
    const missing = missingArguments(name, given);
    if (missing.length > 0) throw protocolError(ErrorCode.InvalidParams, `${name} wants ${missing.join(' and ')}.`);
    const session = await this.#sessionOf(extra);
    const fromTop = (paths: readonly string[]) => this.parts.fromTop(paths, session);
    const unknown = name === 'hand-over' && given.to ? await unknownName(given.to, session) : undefined;
    if (unknown !== undefined) throw protocolError(ErrorCode.InvalidParams, toldWithNext(unknown, this.#has));
    const text = await promptText(name, given, { session, fromTop, has: this.#has });
    if (text === undefined) throw noPrompt(name);
    return { messages: [{ role: 'user', content: { type: 'text', text } }] };
  }

  async complete({ params: { argument, ref } }: CompleteRequest, extra: Extra): Promise<CompleteResult> {
    const isPrompt = ref.type === 'ref/prompt';
    if (isPrompt && prompts(this.#has).every(({ name }) => name !== ref.name)) throw noPrompt(ref.name);
    const known = await complete(argument.name, argument.value, await this.#sessionOf(extra));
    return { completion: { ...plainly(known) } };
  }

  /** What a request failed with, as the client is told it. */
  inProtocol(thrown: unknown): unknown {
    return inProtocol(thrown, this.#has);
  }

  /** See `ClientServer`. */
  async tell(changes: readonly Change[], agents: ReadonlySet<string>, read: Reading): Promise<void> {
    const { server } = this;
    const touched = touchedResources(changes, agents);
    for (const uri of touched) if (this.#subscribed.has(uri)) await server.sendResourceUpdated({ uri });
    if (isListTouched(touched)) await server.sendResourceListChanged();
    for (const data of plainly(read(noticesFor(agents, changes, this.parts.clock())))) {
      // The SDK keeps the level that a client wants under its session.
      await server.sendLoggingMessage({ level: 'info', logger: 'intercom', data }, server.transport?.sessionId);
    }
  }

  #callerOf(extra: Extra, input?: Caller['input']): Caller {
    return { client: this.server.getClientVersion(), meta: extra._meta, input };
  }

  async #sessionOf(extra: Extra): Promise<Session> {
    const joined = await this.parts.joinToLook(this.#callerOf(extra));
    if (joined.status === 'done') return joined.value.session;
    const reason = joined.status === 'refused' ? toldWithNext(joined.refusal, this.#has) : 'not yet';
    throw protocolError(ErrorCode.InvalidRequest, reason);
  }
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

function notFound(uri: string, told: string): Error {
  return protocolError(resourceNotFound, told, { uri });
}

function noResource(uri: string): string {
  return `There is no resource ${uri} here.`;
}

function noPrompt(name: string): Error {
  return protocolError(ErrorCode.InvalidParams, `There is no prompt ${name} here.`);
}
