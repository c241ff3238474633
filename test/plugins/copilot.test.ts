/** src/plugins/copilot.ts as it is built, with a session as Copilot hands it in. */
import { EventEmitter } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { PluginPlace } from './place.ts';

const main = '1b2c3d4e-0000-4000-8000-000000000001';
const patience = { timeout: 10_000 };

async function start(answers: object, launcher?: string) {
  const place = new PluginPlace(answers);
  const events = new EventEmitter();
  const session = {
    sessionId: main,
    on: (type: string, heard: () => void) => events.on(type, heard),
    send: vi.fn(async (_message: { readonly prompt: string }) => 'msg_1'),
  };
  place.joins(session);
  vi.spyOn(process, 'cwd').mockReturnValue(place.repository);
  const parse = vi.spyOn(JSON, 'parse');
  onTestFinished(() => void vi.restoreAllMocks());
  await place.load('copilot/extension.mjs', launcher);
  /** Resolves when the extension has it. */
  const notice = async (said: { readonly kind: string; readonly forYou: boolean; readonly id: string }) => {
    place.notice(said);
    await vi.waitFor(() => expect(parse).toHaveBeenCalledWith(expect.stringContaining(said.id)), patience);
  };
  const prompts = () => session.send.mock.calls.map(([{ prompt }]) => prompt);
  const begins = () => void events.emit('user.message');
  const idles = () => void events.emit('session.idle');
  return { place, notice, prompts, begins, idles };
}

const mail = { agentStop: { decision: 'block', reason: 'mail from bold-fox' } };

test('mail wakes an idle session, once until its turn begins', async () => {
  const { place, notice, prompts, begins, idles } = await start(mail);
  await notice({ kind: 'claimed', forYou: true, id: 'other' });
  await notice({ kind: 'message', forYou: false, id: 'theirs' });
  await notice({ kind: 'message', forYou: true, id: 'first' });
  await vi.waitFor(() => expect(prompts()).toEqual(['mail from bold-fox']), patience);
  await notice({ kind: 'message', forYou: true, id: 'second' });
  begins();
  expect(place.watched()).toEqual([main]);
  expect(place.asked()).toEqual([
    { event: 'agentStop', sessionId: main, cwd: place.repository, stop_hook_active: false },
  ]);
  idles();
  await vi.waitFor(() => expect(prompts()).toHaveLength(2), patience);
});

test('a session that works is not disturbed: its hooks bring the mail, and what they left wakes it when it is done', async () => {
  const { place, notice, prompts, begins, idles } = await start(mail);
  begins();
  await notice({ kind: 'asked', forYou: true, id: 'first' });
  expect(place.asked()).toEqual([]);
  idles();
  await vi.waitFor(() => expect(prompts()).toEqual(['mail from bold-fox']), patience);
});

test('where the guard has nothing to say at the end, nobody is woken', async () => {
  const { place, notice, prompts } = await start({});
  await notice({ kind: 'message', forYou: true, id: 'first' });
  await vi.waitFor(() => expect(place.asked()).toHaveLength(1), patience);
  await notice({ kind: 'message', forYou: true, id: 'second' });
  await vi.waitFor(() => expect(place.asked()).toHaveLength(2), patience);
  expect(prompts()).toEqual([]);
});

test('without the program nothing happens', async () => {
  const { prompts, begins, idles } = await start(mail, '/nowhere/git-intercom');
  begins();
  idles();
  expect(prompts()).toEqual([]);
});
