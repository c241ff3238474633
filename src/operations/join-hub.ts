/** The first act in a hub: from then on the others know this repository by its name, and where it lies. */
import * as z from 'zod';
import { register } from '../domain/agent/register.ts';
import { act } from './act.ts';
import { defineOperation } from './define.ts';

/** Writes nothing where the agent stands there as it is. */
export const joinHub = defineOperation({
  name: 'join_hub',
  summary: 'Register in the hub with the repository, so that the others can name its paths.',
  effect: 'write',
  input: z.object({}),
  run: (_input, session) =>
    act(
      session,
      (draft, context) => {
        const refusal = register(draft, context);
        if (refusal !== undefined) return { ok: false, refusal };
        const { name, uid, repository = 'this repository' } = context.actor;
        return {
          ok: true,
          result: { agent: name },
          headline: { op: 'arrive', subject: `${name} joins from ${repository}`, ids: [uid] },
        };
      },
      (result) => result,
    ),
});
