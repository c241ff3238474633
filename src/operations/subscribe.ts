/** `subscribe`: to be told when somebody else claims or changes paths that one depends on. */
import * as z from 'zod';
import { decideSubscribe } from '../domain/subscription/subscribe.ts';
import { act } from './act.ts';
import { defineOperation } from './define.ts';
import { namedPaths } from './named-paths.ts';

export const subscribe = defineOperation({
  name: 'subscribe',
  summary: 'Be told when somebody else claims or changes these paths; with none, see what you are subscribed to.',
  effect: 'write',
  input: z.object({
    paths: z.array(z.string().min(1)).default([]).describe('files, folders or patterns'),
    remove: z.array(z.string().min(1)).default([]).describe('no longer these'),
    removeAll: z.boolean().default(false),
  }),
  run: async ({ paths, remove, removeAll }, session) => {
    const unwanted = await namedPaths(remove, session);
    const intent = { add: await namedPaths(paths, session), remove: unwanted.paths, removeAll };
    return act(
      session,
      (draft, context) => decideSubscribe(draft, intent, context),
      (result) => result,
    );
  },
});
