/** Anthropic Messages (docs.claude.com, "Streaming messages"): Claude Code. */
import { type Call, type Dialect, hasTools, nextId, type StreamEvent, type Turn } from '../turn.ts';

export const anthropic: Dialect = { path: /\/messages$/, isAgents: hasTools, stream };

function stream({ text, calls = [] }: Turn, model: string): StreamEvent[] {
  const blocks = [...(text === undefined ? [] : [textBlock(text)]), ...calls.map(callBlock)];
  const usage = { input_tokens: 10, output_tokens: 1 };
  const message = { id: nextId('msg'), type: 'message', role: 'assistant', model, content: [], usage };
  const reason = calls.length > 0 ? 'tool_use' : 'end_turn';
  return [
    { type: 'message_start', message: { ...message, stop_reason: null, stop_sequence: null } },
    ...blocks.flatMap(({ block, delta }, index) => [
      { type: 'content_block_start', index, content_block: block },
      { type: 'content_block_delta', index, delta },
      { type: 'content_block_stop', index },
    ]),
    { type: 'message_delta', delta: { stop_reason: reason, stop_sequence: null }, usage: { output_tokens: 20 } },
    { type: 'message_stop' },
  ].map((data) => ({ event: data.type, data }));
}

function textBlock(text: string) {
  return { block: { type: 'text', text: '' }, delta: { type: 'text_delta', text } };
}

function callBlock({ tool, input }: Call) {
  const block = { type: 'tool_use', id: nextId('toolu'), name: tool, input: {} };
  return { block, delta: { type: 'input_json_delta', partial_json: JSON.stringify(input) } };
}
