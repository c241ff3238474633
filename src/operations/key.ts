/** `key`: the public key for which others seal what is for this agent alone. The private one stays on this machine. */
import * as z from 'zod';
import { decideKey } from '../domain/sealed/key.ts';
import { act } from './act.ts';
import { type Answer, done } from './answer.ts';
import { defineOperation } from './define.ts';
import { withKey } from './sealed/own-key.ts';

export interface KeyShown {
  readonly key: {
    readonly agent: string;
    /** Public, as age writes it. */
    readonly sealTo: string;
    /** Where the private one lies on this machine. */
    readonly file: string;
  };
}

export const key = defineOperation({
  name: 'key',
  summary: 'Make your key, so that others can seal messages for you; or another where it was lost.',
  effect: 'write',
  input: z.object({
    anew: z.boolean().default(false).describe('make another: what was sealed for a lost one stays closed'),
  }),
  run: async ({ anew }, session): Promise<Answer<KeyShown>> => {
    const keyed = await withKey(session, anew ? 'anew' : undefined);
    if (keyed.status !== 'done') return keyed;
    const { uid = '', name, sealTo = '' } = keyed.value.self;
    const answer = await act(keyed.value, decideKey, (result) => result);
    return answer.status === 'done'
      ? done({ key: { agent: name, sealTo, file: session.sealing.keys.fileOf(uid) } })
      : answer;
  },
});
