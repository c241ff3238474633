/**
 * What the official conformance suite looks for in a server: tools, resources and prompts by name, with what they must
 * answer. After its reference server (modelcontextprotocol/conformance, examples/servers/typescript).
 */
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import {
  type CallToolResult,
  CreateMessageResultSchema,
  ElicitResultSchema,
  type GetPromptResult,
  type ReadResourceResult,
  type ServerNotification,
  type ServerRequest,
  type Tool,
} from '@modelcontextprotocol/sdk/types.js';
import { defaultsForm, enumsForm, questionForm } from './forms.ts';

export type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;
type Input = Readonly<Record<string, unknown>>;

export interface ToolFixture {
  readonly inputSchema?: Tool['inputSchema'];
  readonly run: (input: Input, extra: Extra) => Promise<CallToolResult>;
}

/** One red pixel. */
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
/** Silence. */
const wav = 'UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=';
const image = { type: 'image', data: png, mimeType: 'image/png' } as const;

export const tools: Readonly<Record<string, ToolFixture>> = {
  test_simple_text: { run: async () => said('This is a simple text response for testing.') },
  test_image_content: { run: async () => ({ content: [image] }) },
  test_audio_content: { run: async () => ({ content: [{ type: 'audio', data: wav, mimeType: 'audio/wav' }] }) },
  test_embedded_resource: {
    run: async () => ({ content: [embedded('test://embedded-resource', 'This is an embedded resource content.')] }),
  },
  test_multiple_content_types: {
    run: async () => ({
      content: [
        { type: 'text', text: 'Multiple content types test:' },
        image,
        embedded('test://mixed-content-resource', '{"test":"data","value":123}', 'application/json'),
      ],
    }),
  },
  test_tool_with_logging: { run: logging },
  test_tool_with_progress: { run: progressing },
  test_error_handling: {
    run: async () => ({ ...said('This tool intentionally returns an error for testing'), isError: true }),
  },
  test_reconnection: { run: reconnecting },
  test_sampling: { run: sampling },
  test_elicitation: { run: ({ message }, extra) => eliciting(String(message), questionForm, extra) },
  test_elicitation_sep1034_defaults: { run: (_input, extra) => eliciting('Review the defaults', defaultsForm, extra) },
  test_elicitation_sep1330_enums: { run: (_input, extra) => eliciting('Choose', enumsForm, extra) },
  json_schema_2020_12_tool: {
    inputSchema: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      $defs: {
        address: {
          $anchor: 'addressDef',
          type: 'object',
          properties: { street: { type: 'string' }, city: { type: 'string' } },
        },
      },
      properties: {
        name: { type: 'string' },
        address: { $ref: '#/$defs/address' },
        contactMethod: { type: 'string', enum: ['phone', 'email'] },
        phone: { type: 'string' },
        email: { type: 'string' },
      },
      allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
      if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { required: ['phone'] },
      else: { required: ['email'] },
      additionalProperties: false,
    },
    run: async (input) => said(`Called with ${JSON.stringify(input)}`),
  },
};

export const resources: Readonly<
  Record<string, { mimeType: string; text: string } | { mimeType: string; blob: string }>
> = {
  'test://static-text': { mimeType: 'text/plain', text: 'This is the content of the static text resource.' },
  'test://static-binary': { mimeType: 'image/png', blob: png },
  'test://watched-resource': { mimeType: 'text/plain', text: 'Watched resource content' },
};

export const template = 'test://template/{id}/data';

/** Undefined for an address that fits no fixture. */
export function readFixture(uri: string): ReadResourceResult | undefined {
  const id = /^test:\/\/template\/([^/]+)\/data$/.exec(uri)?.[1];
  const text = JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` });
  const content = id === undefined ? resources[uri] : { mimeType: 'application/json', text };
  return content && { contents: [{ uri, ...content }] };
}

export const prompts: Readonly<
  Record<string, { readonly names: readonly string[]; readonly get: (given: Input) => GetPromptResult }>
> = {
  test_simple_prompt: {
    names: [],
    get: () => prompted({ type: 'text', text: 'This is a simple prompt for testing.' }),
  },
  test_prompt_with_arguments: {
    names: ['arg1', 'arg2'],
    get: ({ arg1, arg2 }) => prompted({ type: 'text', text: `Prompt with arguments: arg1='${arg1}', arg2='${arg2}'` }),
  },
  test_prompt_with_embedded_resource: {
    names: ['resourceUri'],
    get: ({ resourceUri }) =>
      prompted(embedded(String(resourceUri), 'Embedded resource content for testing.'), {
        type: 'text',
        text: 'Please process the embedded resource above.',
      }),
  },
  test_prompt_with_image: {
    names: [],
    get: () => prompted(image, { type: 'text', text: 'Please analyze the image above.' }),
  },
};

function said(text: string): CallToolResult {
  return { content: [{ type: 'text', text }] };
}

function embedded(uri: string, text: string, mimeType = 'text/plain') {
  return { type: 'resource', resource: { uri, mimeType, text } } as const;
}

function prompted(...contents: GetPromptResult['messages'][number]['content'][]): GetPromptResult {
  return { messages: contents.map((content) => ({ role: 'user', content })) };
}

async function logging(_input: Input, { sendNotification }: Extra): Promise<CallToolResult> {
  for (const data of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
    await sendNotification({ method: 'notifications/message', params: { level: 'info', data } });
    await passed(50);
  }
  return said('Tool with logging executed successfully');
}

async function progressing(_input: Input, { sendNotification, _meta }: Extra): Promise<CallToolResult> {
  const { progressToken = 0 } = _meta ?? {};
  for (const progress of [0, 50, 100]) {
    await sendNotification({ method: 'notifications/progress', params: { progressToken, progress, total: 100 } });
    await passed(50);
  }
  return said(String(progressToken));
}

/** The server hangs up in the middle of the call; the client comes back for the answer. */
async function reconnecting(_input: Input, { closeSSEStream }: Extra): Promise<CallToolResult> {
  closeSSEStream?.();
  await passed(100);
  return said('The client came back.');
}

async function sampling({ prompt }: Input, { sendRequest }: Extra): Promise<CallToolResult> {
  const { content } = await sendRequest(
    {
      method: 'sampling/createMessage',
      params: { messages: [{ role: 'user', content: { type: 'text', text: String(prompt) } }], maxTokens: 100 },
    },
    CreateMessageResultSchema,
  );
  return said(`LLM response: ${JSON.stringify(content)}`);
}

async function eliciting(message: string, requestedSchema: object, { sendRequest }: Extra): Promise<CallToolResult> {
  const request = { method: 'elicitation/create', params: { message, requestedSchema } } as ServerRequest;
  const { action, content } = await sendRequest(request, ElicitResultSchema);
  return said(`Elicitation completed: action=${action}, content=${JSON.stringify(content ?? {})}`);
}

function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
