/** Gemini (ai.google.dev, "streamGenerateContent"): Gemini CLI. */
import { type Dialect, hasTools, nextId, type StreamEvent, type Turn } from '../turn.ts';

export const gemini: Dialect = { path: /:streamGenerateContent$/, isAgents: hasTools, stream };

function stream({ text, calls = [] }: Turn, model: string): StreamEvent[] {
  const parts = [
    ...(text === undefined ? [] : [{ text }]),
    ...calls.map(({ tool, input }) => ({ functionCall: { id: nextId('fc'), name: tool, args: input } })),
  ];
  const candidates = [{ index: 0, content: { role: 'model', parts }, finishReason: 'STOP' }];
  const usageMetadata = { promptTokenCount: 10, candidatesTokenCount: 5, totalTokenCount: 15 };
  return [{ data: { candidates, usageMetadata, modelVersion: model } }];
}
