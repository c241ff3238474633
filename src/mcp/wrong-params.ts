/**
 * A request whose params are not its method's is told so (JSON-RPC 2.0, 5.1: -32602). The SDK says -32603, as if the server
 * had failed, and shows what its parser found.
 */
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  ClientRequestSchema,
  ErrorCode,
  type JSONRPCMessage,
  type JSONRPCRequest,
} from '@modelcontextprotocol/sdk/types.js';

const schemas = ClientRequestSchema.options.map((schema) => [schema.shape.method.value, schema] as const);
/** Tasks are none of ours: whatever their params, there is no such method. */
const schemaByMethod = new Map<string, (typeof schemas)[number][1]>(
  schemas.filter(([method]) => !method.startsWith('tasks/')),
);

/** Of a transport that a server is connected to, and that has received nothing yet. */
export function answerWrongParams(transport: Transport): void {
  const deliver = transport.onmessage;
  transport.onmessage = (message, extra) => {
    const wrong = isRequest(message) ? wrongIn(message) : undefined;
    if (wrong === undefined) return deliver?.(message, extra);
    const { id } = message as JSONRPCRequest;
    const error = { code: ErrorCode.InvalidParams, message: wrong };
    void transport.send({ jsonrpc: '2.0', id, error }, { relatedRequestId: id }).catch(() => {});
  };
}

function isRequest(message: JSONRPCMessage): message is JSONRPCRequest {
  return 'method' in message && 'id' in message;
}

/** What is wrong with the params of a request, as a sentence. */
export function wrongIn(request: Pick<JSONRPCRequest, 'method'>): string | undefined {
  const parsed = schemaByMethod.get(request.method)?.safeParse(request);
  if (parsed === undefined || parsed.success) return undefined;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return `${request.method}: ${wrong.join('; ')}.`;
}
