/** `status --here`: an agent that is named by word goes on on this machine, with its claims and its mail. */
import * as z from 'zod';
import { register, takenBy } from '../domain/agent/register.ts';
import { idOf } from '../domain/pattern/repository.ts';
import { agentPath } from '../domain/record/path.ts';
import { refuse } from '../domain/refusal.ts';
import { act } from './act.ts';
import { refused } from './answer.ts';
import { calledNow } from './called-now.ts';
import { defineOperation } from './define.ts';
import { status } from './status.ts';

export const moveHere = defineOperation({
  name: 'move_here',
  summary: 'Go on on this machine as the agent of your name; where it was before, the name is refused from then on.',
  effect: 'write',
  input: z.object({}),
  run: async (_input, session) => {
    const { store, self, given } = session;
    const known = await store.read((view) => view.record(agentPath(self.name)));
    if (given === undefined || known?.kind !== 'agent') {
      const why = given === undefined ? 'Nobody named you by word' : `There is no agent called ${self.name}`;
      const next = 'Name the agent that you are with --agent, or INTERCOM_AGENT in the environment.';
      return refused(refuse('unknown-agent', `${why}: nothing moves here.`, next).refusal);
    }
    const isOfHere = idOf(known.repository ?? '') === idOf(given.repository ?? '');
    if (known.home === undefined || given.home === null || !isOfHere) return refused(takenBy(known, self));
    const moving = { ...session, self: { ...self, uid: known.uid } };
    const answer = await act(
      moving,
      (draft, context) => {
        const refusal = register(draft, context);
        if (refusal !== undefined) return { ok: false, refusal };
        const { name, uid, host } = context.actor;
        return {
          ok: true,
          result: undefined,
          headline: { op: 'move', subject: `${name} works on ${host} now`, ids: [uid] },
        };
      },
      () => undefined,
    );
    return answer.status === 'done' ? status.run({}, await calledNow(session)) : answer;
  },
});
