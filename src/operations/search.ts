/** `search`: messages that have all the words, newest first. */
import * as z from 'zod';
import { listLimitDefault, listLimitMax } from '../domain/limits.ts';
import { type ShownMessage, shownMessage } from '../domain/message/present.ts';
import { msOf } from '../domain/time.ts';
import { done } from './answer.ts';
import { defineOperation } from './define.ts';

export interface Hit extends ShownMessage {
  /** The line around the first word found. */
  readonly excerpt: string;
}

export const search = defineOperation({
  name: 'search',
  summary: 'Find messages that have all these words in subject, text or sender.',
  effect: 'read',
  input: z.object({
    words: z.array(z.string().min(1)).min(1),
    sinceSeconds: z.number().min(1).optional(),
    limit: z.number().min(1).max(listLimitMax).default(listLimitDefault),
  }),
  run: async ({ words, sinceSeconds, limit }, { store }) => {
    const wanted = words.map((word) => word.toLowerCase());
    const nowMs = await store.read((_view, nowMs) => nowMs);
    const hits: Hit[] = [];
    for await (const [, record] of store.scan('messages')) {
      if (record.kind !== 'message') continue;
      if (sinceSeconds !== undefined && msOf(record.at) < nowMs - sinceSeconds * 1000) continue;
      const lines = [record.agent, record.subject ?? '', ...record.text.split('\n')];
      const room = record.room === undefined ? [] : [`@${record.room}`];
      const haystack = [...lines, ...room].join('\n').toLowerCase();
      if (!wanted.every((word) => haystack.includes(word))) continue;
      const excerpt = lines.slice(1).find((line) => line.toLowerCase().includes(wanted[0] as string)) ?? lines[2] ?? '';
      hits.push({ ...shownMessage(record), excerpt: excerpt.trim().slice(0, 200) });
    }
    return done({ hits: hits.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit) });
  },
});
