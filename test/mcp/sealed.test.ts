/** What is sealed, by the tools: asked, answered and escalated without a word of it on the branch. */
import { expect, test } from 'vitest';
import { envOfPerson } from '../person.ts';
import { type Connection, Place } from './place.ts';

async function withKeys(): Promise<{ readonly place: Place; readonly server: Connection }> {
  const place = new Place();
  for (const name of ['ada', 'eve']) expect(place.command(name, 'key').code).toBe(0);
  return { place, server: await place.connect({ env: { INTERCOM_AGENT: 'ada' }, words: ['--toolset', 'full'] }) };
}

/** Whatever any record of the branch says, now or before. */
function everything(place: Place): string {
  return place.git('log', '-p', 'intercom');
}

test('a reply to what was sealed is sealed by itself', async () => {
  const { place, server } = await withKeys();
  place.command('eve', 'send', 'ada', 'where does the heron nest?', '--sealed');
  const { json } = await server.call('reply', { text: 'in the reed' });
  expect(json).toMatchObject({ message: { to: ['eve'], text: 'in the reed', sealed: 'opened' } });
  const { messages } = place.command('eve', 'peek').json;
  expect(messages).toMatchObject([{ from: 'ada', text: 'in the reed', sealed: 'opened' }]);
  expect(everything(place)).not.toMatch(/heron|reed/);
});

test('a sealed interview is read, refused where an answer does not fit, and answered as structure', async () => {
  const { place, server } = await withKeys();
  const questions = [{ id: 'bird', text: 'Which heron?', options: ['grey', 'purple'] }];
  const asked = await server.call('ask', { to: 'eve', questions, sealed: true, wait_seconds: 0 });
  const { id } = asked.json.pending;
  const [seen] = place.command('eve', 'peek').json.messages;
  expect(seen).toMatchObject({ id, sealed: 'opened', ask: { questions } });
  expect(place.command('eve', 'reply', 'bird: green').json).toMatchObject({ error: { code: 'bad-answer' } });
  place.command('eve', 'reply', 'bird: purple');
  const { text, json } = await server.call('ask', { id, wait_seconds: 0 });
  expect(json).toMatchObject({ answer: { from: 'eve', sealed: 'opened', answers: { bird: 'purple' } } });
  expect(text).toContain('sealed');
  expect(everything(place)).not.toMatch(/heron|purple/);
});

test('an escalation can be sealed, and its answer comes under a seal', async () => {
  const { place, server } = await withKeys();
  const dave = envOfPerson(place.dir, 'dave');
  place.command(dave, 'key');
  const { json } = await server.call('escalate', { text: 'may the heron stay?', why: 'frost', sealed: true });
  expect(json).toMatchObject({ escalation: { text: 'may the heron stay?', why: 'frost', sealed: 'opened' } });
  expect(json.escalation.to).toEqual(['dave']);
  const answered = place.command(dave, 'reply', 'until the thaw');
  expect(answered.json).toMatchObject({ settled: [{ id: json.escalation.id, kind: 'escalation' }] });
  const { text } = await server.call('peek', {});
  expect(text).toContain('until the thaw');
  expect(everything(place)).not.toMatch(/heron|frost|thaw/);
});
