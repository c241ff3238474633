/** OpenAI Chat Completions (platform.openai.com, "Chat completion chunk"): OpenCode, pi, Copilot. */
import { type Call, type Dialect, hasTools, nextId, type StreamEvent, type Turn } from '../turn.ts';

export const completions: Dialect = { path: /\/chat\/completions$/, isAgents: hasTools, stream };

function stream({ text, calls = [] }: Turn, model: string): StreamEvent[] {
  const chunk = { id: nextId('chatcmpl'), object: 'chat.completion.chunk', created: 1, model };
  const choice = (delta: object, finish_reason: string | null = null) => ({
    data: { ...chunk, choices: [{ index: 0, delta, finish_reason }] },
  });
  const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
  return [
    choice({ role: 'assistant', content: text ?? null }),
    ...(calls.length === 0 ? [] : [choice({ tool_calls: calls.map(callOf) })]),
    choice({}, calls.length === 0 ? 'stop' : 'tool_calls'),
    { data: { ...chunk, choices: [], usage } },
    { data: '[DONE]' },
  ];
}

function callOf({ tool, input }: Call, index: number) {
  const id = nextId('call');
  return typeof input === 'string'
    ? { index, id, type: 'custom', custom: { name: tool, input } }
    : { index, id, type: 'function', function: { name: tool, arguments: JSON.stringify(input) } };
}
