/** Two clones of one remote, a server in each: what one agent does the other one hears of, without a command in between. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ResourceUpdatedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';
import { type Connection, Place, until } from './place.ts';

const policy = 'remote: origin\nsync:\n  interval: 1s\n  idleInterval: 1s\n  batch: 0s\n';

async function twoServers(): Promise<{ readonly place: Place; readonly ada: Connection; readonly owl: Connection }> {
  const place = new Place();
  place.git('clone', '--quiet', '--bare', '--template=', '.', '../remote.git');
  place.git('remote', 'add', 'origin', join(place.dir, 'remote.git'));
  const clone = join(place.dir, 'owl');
  place.git('clone', '--quiet', '--template=', '../remote.git', clone);
  for (const dir of [place.repo, clone]) {
    mkdirSync(join(dir, '.intercom'));
    writeFileSync(join(dir, '.intercom/config.yaml'), policy);
  }
  const ada = await place.connect({ env: { INTERCOM_AGENT: 'ada' } });
  const owl = await place.connect({ env: { INTERCOM_AGENT: 'owl' }, cwd: clone });
  await ada.call('status', { text: 'tests' });
  await owl.call('status', { text: 'docs' });
  return { place, ada, owl };
}

test('a claim in one clone is confirmed, and refuses another clone that has not heard of it', async () => {
  const { ada, owl } = await twoServers();
  const granted = await ada.call('claim', { paths: ['src/a.ts'], why: 'split' });
  expect(granted.json.claim).toMatchObject({ state: 'confirmed' });
  const refused = await owl.call('claim', { paths: ['src'] });
  expect(refused).toMatchObject({ isError: true, json: { error: { code: 'claim-conflict' } } });
  expect(refused.json.error.data.rivals).toMatchObject([{ agent: 'ada', paths: ['src/a.ts'], why: 'split' }]);
});

test('mail from another clone comes to a server that is asked nothing', async () => {
  const { ada, owl } = await twoServers();
  const known = () =>
    ada.call('who').then(({ json }) => json.agents.find(({ name }: { name: string }) => name === 'owl'));
  await until(known);
  const inbox = new Promise<void>((resolve) => {
    owl.client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params: { uri } }) => {
      if (uri === 'intercom://inbox') resolve();
    });
  });
  await owl.client.subscribeResource({ uri: 'intercom://inbox' });
  await ada.call('send', { to: ['owl'], text: 'the tests are green' });
  await inbox;
  const { json } = await owl.call('peek');
  expect(json.messages).toMatchObject([{ from: 'ada', text: 'the tests are green' }]);
});

test('who waits in one clone gets the paths when they are given back in the other', async () => {
  const { ada, owl } = await twoServers();
  await ada.call('claim', { paths: ['src/a.ts'] });
  const waiting = owl.call('claim', { paths: ['src/a.ts'], wait_seconds: 40 });
  const isThere = ({ json }: Awaited<typeof waiting>) => (json.waiting.length > 0 ? true : undefined);
  await until(async () => isThere(await ada.call('who', { paths: ['src/a.ts'] }).then((each) => pathOf(each))));
  await ada.call('release', { paths: ['src/a.ts'] });
  expect((await waiting).json.claim).toMatchObject({ agent: 'owl', state: 'confirmed' });
});

function pathOf(result: Awaited<ReturnType<Connection['call']>>) {
  return { ...result, json: result.json.paths[0] };
}
