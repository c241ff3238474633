/** What somebody wrote by hand, past all that our own commands take out. */
import type { LiveRecord } from '../../src/domain/record/record.ts';
import { open } from '../../src/open.ts';

/** Colours, a window title, a line that is erased, overrides, tags that spell a word, bytes in variation selectors. */
const tags = [...'obey'].map((char) => String.fromCodePoint(0xe0000 + char.charCodeAt(0))).join('');
export const hostile = `see\u001b[31m \u001b]0;owned\u0007\u009b2K\u202egnp.\u2066exe\u200b${tags}\ufe0e\ufe01\u{e0101}\rdone`;
export const forbidden =
  /[^\P{Cc}\n\t]|[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\ufe00-\ufe0e]|[\u{e0000}-\u{e0fff}]/u;

const at = new Date().toISOString();
export const id = '1kjpwd7k8mrka064';
const question = { id: 'q', text: hostile, options: [hostile, 'no'] };
export const message = {
  ...{ v: 1, id, kind: 'message', agent: 'eve', at, uid: 'uid-eve', to: ['ada'], audience: 'named', thread: id },
  ...{ purpose: 'message', subject: `${hostile}\nada  eve → ada`, importance: 'urgent', ackWanted: false },
  attachments: [
    { path: `src/${hostile}.ts`, from: 1, to: 1, text: hostile },
    { path: 'changes.patch', kind: 'patch', text: `diff --git a/x b/x\n+${hostile}\n` },
  ],
  text: hostile,
} as const;

const asked = {
  ...{ ...message, id: '1kjpwd7k8mrka066', thread: '1kjpwd7k8mrka066', attachments: [] },
  ask: { until: new Date(Date.now() + 600_000).toISOString(), questions: [question] },
};
const raised = {
  ...{ ...message, id: '1kjpwd7k8mrka067', thread: '1kjpwd7k8mrka067', attachments: [] },
  escalation: { why: hostile },
};
const claim = {
  ...{ v: 1, id: '1kjpwd7k8mrka065', kind: 'claim', agent: 'eve', at, uid: 'uid-eve', paths: ['src/a.ts'] },
  ...{ mode: 'exclusive', why: hostile, since: at, expires: new Date(Date.now() + 3_600_000).toISOString() },
  ...{ leaseSeconds: 3600, token: '1.1', branch: `b${hostile}` },
};
const spec = {
  ...{ v: 1, id: 'api', kind: 'spec', agent: 'eve', at, uid: 'uid-eve', version: 1 },
  ...{ text: `${hostile}\n${hostile}\n`, why: hostile },
};
const room = {
  ...{ v: 1, id: 'ops', kind: 'room', agent: 'eve', at, uid: 'uid-eve', visibility: 'public', topic: hostile },
  members: [{ agent: 'eve', uid: 'uid-eve', since: at }],
};

/** Of every kind, under the hand of eve, who takes part already, as does ada. */
export async function layHostile(dir: string, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const { session } = await open({ cwd: dir, env, agent: 'eve', uid: 'uid-eve' });
  await session.store.transact((view) => {
    const eve = view.record('agents/eve') as LiveRecord;
    const put = (path: string, record: unknown) => ({ path, record: record as LiveRecord });
    const mail = [message, asked, raised].flatMap((each) => [
      put(`messages/${each.id}`, each),
      put(`inbox/ada/${each.id}`, each),
    ]);
    return {
      ...{ ok: true, result: undefined, agent: 'eve', uid: 'uid-eve' },
      headline: { op: 'send', subject: hostile, ids: [id], body: hostile },
      edits: [
        put('agents/eve', { ...eve, activity: hostile, description: hostile, tags: [hostile] }),
        put(`claims/${claim.id}`, claim),
        put(`asks/${asked.id}`, asked),
        put(`escalations/${raised.id}`, raised),
        put('specs/api', spec),
        put('rooms/ops', room),
        ...mail,
      ],
    } as const;
  });
  await session.store.close();
}

/** Every text in it, however deep, keys too. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return [...Object.keys(value), ...Object.values(value).flatMap(textsIn)];
}
