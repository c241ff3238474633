/** OpenAI's Responses, which Codex speaks. */
import { type Dialect, freshId, type RequestBody, type Saying, type StreamEvent, type ToolUse } from './saying.ts';

const own = new Set(['reasoning', 'function_call', 'custom_tool_call', 'local_shell_call']);

export const responses: Dialect = {
  path: /\/v1\/responses$/,
  isStep,
  conversation: ({ input }) =>
    input.map((value: { type: string; role?: string }) => ({
      isOwn: own.has(value.type) || value.role === 'assistant',
      value,
    })),
  stream,
};

/** It has each conversation named, by a thread that has all the tools. */
function isStep({ tools, input }: RequestBody): boolean {
  const hasTools = tools?.length > 0 || input?.some(({ type }: { type: string }) => type === 'additional_tools');
  return hasTools && !JSON.stringify(input.at(-1)).includes('single-line task title');
}

function stream({ text, uses }: Saying, { model }: RequestBody): StreamEvent[] {
  const items = [...(text === undefined ? [] : [messageOf(text)]), ...uses.map(callOf)];
  const response = { id: freshId('resp'), object: 'response', created_at: 1, model, status: 'in_progress', output: [] };
  const usage = {
    ...{ input_tokens: 10, input_tokens_details: { cached_tokens: 0 } },
    ...{ output_tokens: 5, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: 15 },
  };
  const events = [
    { type: 'response.created', response },
    ...items.flatMap((item, output_index) => [
      { type: 'response.output_item.added', output_index, item },
      { type: 'response.output_item.done', output_index, item },
    ]),
    { type: 'response.completed', response: { ...response, status: 'completed', output: items, usage } },
  ];
  return events.map((data) => ({ event: data.type, data }));
}

function messageOf(text: string) {
  const content = [{ type: 'output_text', text, annotations: [] }];
  return { type: 'message', id: freshId('msg'), role: 'assistant', status: 'completed', content };
}

function callOf({ tool: name, input }: ToolUse) {
  const call = { call_id: freshId('call'), name, status: 'completed' };
  return typeof input === 'string'
    ? { type: 'custom_tool_call', id: freshId('ctc'), ...call, input }
    : { type: 'function_call', id: freshId('fc'), ...call, arguments: JSON.stringify(input) };
}
