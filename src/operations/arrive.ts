/** Settles under which name a session acts, and writes down that it is here. */
import { decideArrive, isOfAnother } from '../domain/agent/arrive.ts';
import { formerHolder } from '../domain/agent/former.ts';
import { memorableName } from '../domain/agent/memorable.ts';
import { agentsFolder } from '../domain/record/path.ts';
import type { AgentRecord, ProcessEvidence } from '../domain/record/record.ts';
import type { View } from '../domain/view.ts';
import { act } from './act.ts';
import { type Answer, done } from './answer.ts';
import type { Session } from './session.ts';

/** Sessions that have a process in common, of which each lives in one of its own. */
export interface Siblings {
  readonly within: ProcessEvidence;
  readonly uidOf: (nth: number) => string;
}

export interface ArriveInput {
  /** `given`: the session has its name from a person. `found`: the one it had before, else a free memorable one. */
  readonly name: 'given' | 'found';
  /** Hexadecimal; where the search for a free name begins. */
  readonly seed: string;
  readonly siblings?: Siblings | undefined;
}

/** Two newcomers may find the same free name; the second is refused it, and looks again. */
const attemptsMax = 10;

/** Answers the session under its name. A session that is here already writes nothing. */
export async function arrive(session: Session, { name, seed, siblings }: ArriveInput): Promise<Answer<Session>> {
  for (let attempt = 1; ; attempt++) {
    const self = name === 'given' ? session.self : await findSelf(session, { seed, siblings });
    const arriving: Session = { ...session, self };
    const answer = await act(
      arriving,
      (draft, context) => decideArrive(draft, { within: siblings?.within }, context),
      ({ agent }) => agent.agent,
    );
    if (answer.status === 'done') return done({ ...arriving, self: { ...self, name: answer.value } });
    const isLost = answer.status === 'refused' && answer.refusal.code === 'name-taken' && name === 'found';
    if (!isLost || attempt === attemptsMax) return answer;
  }
}

/** For those who only read: nothing is registered. */
export function findName({ store, self }: Session, seed: string): Promise<string> {
  return store.read((view) => nameOf(view, self.uid) ?? memorableName(seed, takenIn(view)));
}

/** The first of the siblings whom no other process acts for. */
export async function findSelf(
  session: Session,
  { seed, siblings }: Omit<ArriveInput, 'name'>,
): Promise<Session['self']> {
  const { self, processState, store } = session;
  if (siblings === undefined) return { ...self, name: await findName(session, seed) };
  const { within, uidOf } = siblings;
  const isTaken = (view: View, uid: string) => {
    const known = recordOf(view, uid);
    return known !== undefined && isOfAnother(known, { within }, { actor: self, processState });
  };
  return store.read((view) => {
    let nth = 0;
    while (isTaken(view, uidOf(nth))) nth++;
    const uid = uidOf(nth);
    return { ...self, uid, name: nameOf(view, uid) ?? memorableName(seed, takenIn(view)) };
  });
}

function nameOf(view: View, uid: string | undefined): string | undefined {
  return uid === undefined ? undefined : recordOf(view, uid)?.agent;
}

function recordOf(view: View, uid: string): AgentRecord | undefined {
  for (const record of view.folder(agentsFolder).values()) {
    if (record.kind === 'agent' && record.uid === uid) return record;
  }
  return undefined;
}

/** Unreadable records hold their names, too, and a former one still leads to who had it. */
function takenIn(view: View): (name: string) => boolean {
  const names = view.folder(agentsFolder);
  return (name) => names.has(name) || formerHolder(names.values(), name) !== undefined;
}
