/** The key of the acting agent: made at first need, kept on this machine, and told to the others by the agent's record. */
import { register } from '../../domain/agent/register.ts';
import { agentPath } from '../../domain/record/path.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import { act } from '../act.ts';
import { type Answer, done, refused } from '../answer.ts';
import { ownUid } from '../own-uid.ts';
import type { Session } from '../session.ts';

/** The session with its key: what it does next tells the others. Refused where its key is on the branch, and not on this machine. */
export async function withKey(session: Session, anew?: 'anew'): Promise<Answer<Session>> {
  const known = await uidOnBranch(session);
  if (known.status !== 'done') return known;
  const { uid, sealTo } = known.value;
  const { keys } = session.sealing;
  const kept = anew === undefined ? await keys.of(uid) : [];
  const isLost = sealTo !== undefined && anew === undefined && !kept.some(({ recipient }) => recipient === sealTo);
  if (isLost) return refused(lostKey(session.self.name, keys.fileOf(uid)));
  const own = sealTo !== undefined && anew === undefined ? sealTo : (await keys.make(uid, anew)).recipient;
  return done({ ...session, self: { ...session.self, uid, sealTo: own } });
}

/** Undefined where the agent has its key on this machine, or none anywhere. */
export async function whyKeyIsLost({ store, self, sealing: { keys } }: Session): Promise<Refusal | undefined> {
  const found = await store.read((view) => ({ uid: ownUid(view, self), record: view.record(agentPath(self.name)) }));
  const { uid, record } = found;
  if (uid === undefined || record?.kind !== 'agent' || record.uid !== uid || record.sealTo === undefined)
    return undefined;
  const kept = await keys.of(uid);
  const isHere = kept.some(({ recipient }) => recipient === record.sealTo);
  return isHere ? undefined : lostKey(self.name, keys.fileOf(uid));
}

/** A key is kept by the uid: who has none yet is registered, and gets one. */
async function uidOnBranch(
  session: Session,
): Promise<Answer<{ readonly uid: string; readonly sealTo?: string | undefined }>> {
  const { store, self } = session;
  const found = await store.read((view) => ({ uid: ownUid(view, self), record: view.record(agentPath(self.name)) }));
  const { uid, record } = found;
  if (uid !== undefined)
    return done({ uid, sealTo: record?.kind === 'agent' && record.uid === uid ? record.sealTo : undefined });
  return act(
    session,
    (draft, context) => {
      const refusal = register(draft, context);
      if (refusal !== undefined) return { ok: false, refusal };
      const { name, uid } = context.actor;
      return { ok: true, result: { uid }, headline: { op: 'status', subject: `${name} is here`, ids: [] } };
    },
    (result) => result,
  );
}

function lostKey(name: string, file: string): Refusal {
  return refuse(
    'lost-key',
    `The key of ${name} that others seal for is not on this machine: it would be in ${file}.`,
    'Bring that file here from where it is, or make another with git intercom key --new: what was sealed for the lost one stays closed.',
    { file },
  ).refusal;
}
