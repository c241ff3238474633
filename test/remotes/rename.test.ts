/** An agent takes another name in one clone, and another clone has not heard of it yet. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { beginTeam, type Clone, makeClone, startOr } from './clones.ts';
import { startDisk } from './servers/disk.ts';

/** What is brought, is brought by `sync`. One person has both clones, so that a name means the same agent in each. */
function aloneOf(person: Clone): (clone: Clone) => Clone {
  const { XDG_DATA_HOME } = person.env;
  const env = { INTERCOM_TEST_ALONE: '1', XDG_DATA_HOME };
  return (clone) => ({ ...clone, run: (agent, words) => clone.run(agent, words, { env }) });
}

async function twoClones() {
  const server = await startOr(() => {
    throw new Error('a disk is always there');
  }, startDisk);
  await beginTeam(server);
  const clones = [await makeClone(server), await makeClone(server)] as const;
  const [here, there] = clones.map(aloneOf(clones[0])) as [Clone, Clone];
  for (const agent of ['fox', 'ada', 'bob']) await here.run(agent, ['status', 'here']);
  await here.run('ada', ['sync']);
  await there.run('bob', ['sync']);
  return { here, there };
}

test('mail that was sent to the old name there reaches it, and a session that says the old name is the same agent', async () => {
  const { here, there } = await twoClones();
  await here.run('fox', ['claim', 'a.ts']);
  expect((await here.run('fox', ['status', '--name', 'owl'])).json.agent).toMatchObject({ name: 'owl' });
  await here.run('ada', ['sync']);
  // Of a commit that only adds a message the files are copied elsewhere.
  const { json: sent } = await there.run('bob', ['send', 'fox', 'to the fox', '--offline']);
  expect(sent.message.to).toEqual(['fox']);
  await there.run('fox', ['status', 'in another clone', '--offline']);
  await there.run('bob', ['sync']);
  await here.run('ada', ['sync']);
  const { json: peeked } = await here.run('fox', ['peek']);
  expect(peeked.messages).toMatchObject([{ id: sent.message.id, to: ['owl'] }]);
  const { agents } = (await there.run('bob', ['who'])).json;
  expect(agents.filter(({ name }: { name: string }) => ['fox', 'owl'].includes(name))).toMatchObject([
    { name: 'owl', formerly: ['fox'], activity: 'in another clone', claims: [{ agent: 'owl' }] },
  ]);
});

test('a long text that goes with mail comes over whole, copied as files and decided again', async () => {
  const { here, there } = await twoClones();
  const textOf = (word: string) => Array.from({ length: 900 }, (_, n) => `line ${n} ${word}`).join('\n');
  const send = async (word: string, ...options: string[]) => {
    writeFileSync(join(there.dir, 'long.txt'), textOf(word));
    await there.run('bob', ['send', 'fox', word, '--attach', 'long.txt', '--offline', ...options]);
  };
  await here.run('ada', ['status', 'the branch moves on']);
  await here.run('ada', ['sync']);
  // The first says that its sender is here, which is more than a message; what only adds one is copied as files.
  await send('first');
  await send('copied');
  await send('decided', '--key', 'k');
  await there.run('bob', ['sync']);
  await here.run('ada', ['sync']);
  const { messages } = (await here.run('fox', ['peek'])).json;
  expect(messages).toMatchObject(
    ['first', 'copied', 'decided'].map((word) => ({ text: word, attachments: [{ text: textOf(word) }] })),
  );
  expect((await here.git('ls-tree', '-r', 'intercom')).match(/attached/g)).toHaveLength(3);
});

test('of two who take one name the first at the remote has it, and the other is told what it is called', async () => {
  const { here, there } = await twoClones();
  await here.run('ada', ['status', '--name', 'elk']);
  await there.run('bob', ['status', '--name', 'elk', '--offline']);
  await there.run('bob', ['send', 'fox', 'from the second elk', '--offline']);
  await here.run('elk', ['sync']);
  const { json } = await there.run('fox', ['sync']);
  expect(json.renamed).toMatchObject([{ from: 'elk', to: 'bob' }]);
  const { messages } = (await there.run('bob', ['peek'])).json;
  expect(messages).toMatchObject([{ subject: 'You are called bob, and not elk' }]);
  expect((await there.run('fox', ['peek'])).json.messages).toMatchObject([
    { from: 'bob', text: 'from the second elk' },
  ]);
});
