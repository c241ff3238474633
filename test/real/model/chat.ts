/** OpenAI's Chat Completions, which OpenCode, Copilot and pi speak. */
import { type Dialect, freshId, type RequestBody, type Saying, type StreamEvent } from './saying.ts';

export const chat: Dialect = {
  path: /\/v1\/chat\/completions$/,
  isStep: ({ tools }) => tools?.length > 0,
  conversation: ({ messages }) =>
    messages.map((value: { role: string }) => ({ isOwn: value.role === 'assistant', value })),
  stream,
};

function stream({ text, uses }: Saying, { model }: RequestBody): StreamEvent[] {
  const id = freshId('chatcmpl');
  const chunk = (delta: object, finish_reason: string | null = null) => ({
    ...{ id, object: 'chat.completion.chunk', created: 1, model },
    choices: [{ index: 0, delta, finish_reason }],
  });
  const tool_calls = uses.map(({ tool: name, input }, index) => ({
    ...{ index, id: freshId('call'), type: 'function' },
    function: { name, arguments: JSON.stringify(input) },
  }));
  const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
  const chunks = [
    chunk({ role: 'assistant', content: text ?? null }),
    ...(uses.length > 0 ? [chunk({ tool_calls })] : []),
    chunk({}, uses.length > 0 ? 'tool_calls' : 'stop'),
    { ...chunk({}), choices: [], usage },
  ];
  return [...chunks.map((data) => ({ data })), { data: '[DONE]' }];
}
