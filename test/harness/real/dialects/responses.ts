/** OpenAI Responses (platform.openai.com, "Streaming API responses"): Codex. */
import { type Body, type Call, type Dialect, hasTools, nextId, type StreamEvent, type Turn } from '../turn.ts';

export const responses: Dialect = { path: /\/responses$/, isAgents, stream };

/** Newer models are given their tools among the input. */
function isAgents(body: Body): boolean {
  const { input } = body;
  return hasTools(body) || (Array.isArray(input) && input.some(({ type }) => type === 'additional_tools'));
}

function stream({ text, calls = [] }: Turn, model: string): StreamEvent[] {
  const response = { id: nextId('resp'), object: 'response', created_at: 1, model, output: [] as object[] };
  const items = [...(text === undefined ? [] : [message(text)]), ...calls.map(callItem)];
  const usage = { input_tokens: 10, output_tokens: 5, total_tokens: 15 };
  return [
    { type: 'response.created', response: { ...response, status: 'in_progress' } },
    ...items.flatMap((item, output_index) => [
      { type: 'response.output_item.added', output_index, item },
      { type: 'response.output_item.done', output_index, item },
    ]),
    { type: 'response.completed', response: { ...response, status: 'completed', output: items, usage } },
  ].map((data) => ({ event: data.type, data }));
}

function message(text: string) {
  const content = [{ type: 'output_text', text, annotations: [] }];
  return { type: 'message', id: nextId('msg'), role: 'assistant', status: 'completed', content };
}

function callItem({ tool, input }: Call) {
  const call = { call_id: nextId('call'), name: tool, status: 'completed' };
  return typeof input === 'string'
    ? { type: 'custom_tool_call', id: nextId('ctc'), ...call, input }
    : { type: 'function_call', id: nextId('fc'), ...call, arguments: JSON.stringify(input) };
}
