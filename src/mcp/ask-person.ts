/** Asks the person at the client, by the protocol's elicitation (2025-11-25, "Elicitation"), for a plain yes or no. */
import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import { ElicitResultSchema, type ServerNotification, type ServerRequest } from '@modelcontextprotocol/sdk/types.js';

/** `nobody` where the client cannot ask. A prompt that is closed, or that nobody answers in time, is a no. */
export type AskPerson = (question: string) => Promise<'yes' | 'no' | 'nobody'>;

/** People are slower than programs; the client's own clock may be shorter. */
const patienceMs = 5 * 60_000;

export function personAt(
  server: Server,
  { sendRequest, signal }: Pick<RequestHandlerExtra<ServerRequest, ServerNotification>, 'sendRequest' | 'signal'>,
): AskPerson {
  return async (message) => {
    if (server.getClientCapabilities()?.elicitation === undefined) return 'nobody';
    const params = { message, requestedSchema: { type: 'object' as const, properties: {} } };
    try {
      const options = { signal, timeout: patienceMs };
      const { action } = await sendRequest({ method: 'elicitation/create', params }, ElicitResultSchema, options);
      return action === 'accept' ? 'yes' : 'no';
    } catch {
      return 'no';
    }
  };
}
