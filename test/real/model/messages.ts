/** Anthropic's Messages, which Claude Code speaks. */
import { type Dialect, freshId, type RequestBody, type Saying, type StreamEvent } from './saying.ts';

export const messages: Dialect = {
  path: /\/v1\/messages$/,
  isStep: ({ tools }) => tools?.length > 0,
  conversation: ({ messages }) =>
    messages.map((value: { role: string }) => ({ isOwn: value.role === 'assistant', value })),
  stream,
};

function stream({ text, uses }: Saying, { model }: RequestBody): StreamEvent[] {
  const blocks = [
    ...(text === undefined ? [] : [{ start: { type: 'text', text: '' }, delta: { type: 'text_delta', text } }]),
    ...uses.map(({ tool, input }) => ({
      start: { type: 'tool_use', id: freshId('toolu'), name: tool, input: {} },
      delta: { type: 'input_json_delta', partial_json: JSON.stringify(input) },
    })),
  ];
  const message = {
    ...{ id: freshId('msg'), type: 'message', role: 'assistant', model, content: [] },
    ...{ stop_reason: null, stop_sequence: null },
    usage: { input_tokens: 10, output_tokens: 1, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
  };
  const stop = { stop_reason: uses.length > 0 ? 'tool_use' : 'end_turn', stop_sequence: null };
  const events = [
    { type: 'message_start', message },
    ...blocks.flatMap(({ start, delta }, index) => [
      { type: 'content_block_start', index, content_block: start },
      { type: 'content_block_delta', index, delta },
      { type: 'content_block_stop', index },
    ]),
    { type: 'message_delta', delta: stop, usage: { output_tokens: 20 } },
    { type: 'message_stop' },
  ];
  return events.map((data) => ({ event: data.type, data }));
}
