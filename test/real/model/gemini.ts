/** Google's generateContent, which Gemini CLI speaks. */
import { type Dialect, freshId, type Saying, type StreamEvent } from './saying.ts';

export const gemini: Dialect = {
  path: /:streamGenerateContent$/,
  isStep: ({ tools }) => tools?.length > 0,
  conversation: ({ contents }) => contents.map((value: { role: string }) => ({ isOwn: value.role === 'model', value })),
  stream,
};

function stream({ text, uses }: Saying): StreamEvent[] {
  const parts = [
    ...(text === undefined ? [] : [{ text }]),
    ...uses.map(({ tool: name, input: args }) => ({ functionCall: { name, args, id: freshId('fc') } })),
  ];
  const candidates = [{ content: { role: 'model', parts }, finishReason: 'STOP', index: 0 }];
  const usageMetadata = { promptTokenCount: 10, candidatesTokenCount: 5, totalTokenCount: 15 };
  return [{ data: { candidates, usageMetadata, modelVersion: 'scripted' } }];
}
