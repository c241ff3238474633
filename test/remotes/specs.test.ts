/** A spec that two clones publish on a base. */
import { expect, test } from 'vitest';
import type { Clone } from './clones.ts';
import { alone, makeTwo, sync } from './two.ts';

async function withSpec() {
  const two = await makeTwo();
  await two.here.run('ann', ['spec', 'publish', 'api', 'a.ts']);
  await sync(two.here);
  await sync(two.there);
  return two;
}

function publish(clone: Clone, agent: string, file: string, ...options: readonly string[]) {
  return alone(clone).run(agent, ['spec', 'publish', 'api', file, '--base', '1', ...options]);
}

test('a base that another clone has published on is refused, although nobody has brought that here', async () => {
  const { here, there } = await withSpec();
  expect((await publish(here, 'ann', '.intercom/config.yaml')).json.spec.version).toBe(2);
  const late = await publish(there, 'bob', '.git/config');
  expect(late).toMatchObject({
    exitCode: 1,
    json: { error: { code: 'spec-moved', data: { base: 1, version: 2, by: 'ann' } } },
  });
});

test('where the remote is not asked the version is provisional, and both authors are told when they meet', async () => {
  const { here, there } = await withSpec();
  expect((await publish(here, 'ann', '.intercom/config.yaml')).json).not.toHaveProperty('provisional');
  const late = await publish(there, 'bob', '.git/config', '--offline');
  expect(late.json).toMatchObject({
    isNew: true,
    spec: { version: 2 },
    provisional: { why: expect.stringMatching('--offline') },
  });
  await sync(there);
  await sync(here);
  const { json } = await here.run('ann', ['peek']);
  expect(json.messages).toMatchObject([{ subject: 'bob published version 3 of the spec api without your version 2' }]);
});
