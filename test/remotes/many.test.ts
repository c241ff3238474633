/** A clone that recorded much while another pushed: what it only added comes along as it was, the rest is decided again. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { alone, held, makeTwo, ref, storyOf, sync, unread } from './two.ts';

test('messages, a long attachment, a message to all, and what was committed by hand among them', {
  timeout: 120_000,
}, async () => {
  const { server, ...two } = await makeTwo();
  const [here, there] = [alone(two.here), alone(two.there)];
  await there.run('bob', ['status', 'listening']);
  await sync(there);
  await sync(here);
  const ada = (...words: string[]) => here.run('ada', words);
  const base = (await here.git('rev-parse', ref)).trim();
  await ada('status', 'talking');
  const texts = Array.from({ length: 12 }, (_, n) => `word ${n}`);
  for (const text of texts.slice(0, 6)) await ada('send', 'bob', text);
  const root = (await here.git('rev-list', '--max-parents=0', ref)).trim();
  const eve = ['-c', 'user.name=Eve', '-c', 'user.email=e@x'];
  const byHand = await here.git(...eve, 'commit-tree', '-p', ref, '-m', 'by hand', `${root}^{tree}`);
  await here.git('update-ref', ref, byHand.trim());
  for (const text of texts.slice(6)) await ada('send', 'bob', text);
  const log = 'a long line of a log\n'.repeat(1_000);
  writeFileSync(join(here.dir, 'long.log'), log);
  await ada('send', 'bob', 'see this', '--attach', 'long.log');
  await ada('send', 'all', 'to everybody');
  expect((await there.run('bob', ['claim', 'b.ts'])).json.claim.state).toBe('confirmed');

  const { pushed } = await sync(here);
  await sync(there);
  expect(await unread(there, 'bob')).toEqual([...texts, 'see this', 'to everybody']);
  const { json } = await there.run('bob', ['peek']);
  expect(json.messages.find(({ text }: { text: string }) => text === 'see this').attachments[0].text).toBe(
    log.trimEnd(),
  );
  expect(await held(here)).toEqual(['bob b.ts confirmed']);
  const story = await storyOf(server);
  expect(story.at(-1)).toMatch(/everybody/);
  expect(story.findIndex((subject) => subject.startsWith('claim'))).toBeLessThan(story.length - pushed);
  const authors = (await here.git('log', '--format=%an', `${base}..${ref}`)).trim().split('\n');
  expect(authors.filter((author) => author === 'ada')).toHaveLength(pushed);
  expect(await here.git('rev-list', ref)).not.toContain(byHand.trim());
  expect(
    (await there.run('keeper', ['check'])).json.findings.filter(({ level }: { level: string }) => level === 'error'),
  ).toEqual([]);
});
