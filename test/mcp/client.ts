/** The SDK's own client over HTTP, as a harness would use it. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  LoggingMessageNotificationSchema,
  ResourceUpdatedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { token } from './http-server.ts';

interface Given {
  readonly name?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Called {
  readonly isError: boolean;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what tools answer is what is tested
  readonly content: any;
}

export interface Connected {
  readonly client: Client;
  readonly transport: StreamableHTTPClientTransport;
  readonly call: (tool: string, input: object) => Promise<Called>;
  /** Addresses of resources that were told to read differently, in order. */
  readonly updated: readonly string[];
  /** What log messages said, in order. */
  readonly logged: readonly unknown[];
}

export async function connect(address: string, { name = 'test-client', headers = {} }: Given = {}): Promise<Connected> {
  const client = new Client({ name, version: '1' });
  const transport = new StreamableHTTPClientTransport(new URL(address), {
    requestInit: { headers: { Authorization: `Bearer ${token}`, ...headers } },
    reconnectionOptions: {
      initialReconnectionDelay: 50,
      maxReconnectionDelay: 200,
      reconnectionDelayGrowFactor: 1.5,
      maxRetries: 20,
    },
  });
  const updated: string[] = [];
  client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params: { uri } }) => {
    updated.push(uri);
  });
  const logged: unknown[] = [];
  client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params: { data } }) => {
    logged.push(data);
  });
  await client.connect(transport);
  const call = async (tool: string, input: object): Promise<Called> => {
    const result = await client.callTool({ name: tool, arguments: input as Record<string, unknown> });
    const [first] = result.content as { text: string }[];
    return { isError: result.isError === true, text: first?.text ?? '', content: result.structuredContent };
  };
  return { client, transport, call, updated, logged };
}

/** Looks every 20 ms; the last failure is the test's. */
export async function eventually<T>(look: () => T | Promise<T>, ms = 10_000): Promise<T> {
  const endMs = performance.now() + ms;
  for (;;) {
    try {
      return await look();
    } catch (cause) {
      if (performance.now() > endMs) throw cause;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
