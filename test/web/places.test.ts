/** The page in repositories of all kinds. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stepsOptions } from '../processes/command.ts';
import { PagePlace } from './page-place.ts';

let place: PagePlace;
beforeEach(() => {
  place = new PagePlace();
  place.git('commit', '--quiet', '--allow-empty', '--message=Begin');
});
afterEach(() => place.remove());

function escalate(text: string): string {
  return place.json('escalate', text, '--agent', 'bold-fox').escalation.id;
}

test('where there is no coordination the page says so, and shows it when it begins', async () => {
  await place.serve();
  expect(await place.state()).toMatchObject({ isOpen: false, agents: [], claims: [], log: [] });
  const begun = place.state(({ escalations = [] }) => escalations.length > 0);
  escalate('May I?');
  expect(await begun).toMatchObject({ isOpen: true, escalations: [{ text: 'May I?' }] });
});

test('a linked work tree shows the coordination of its repository', async () => {
  escalate('May I?');
  place.git('worktree', 'add', '--quiet', join(place.folder, 'tree'));
  await place.in('tree').serve();
  expect(await place.state()).toMatchObject({ place: place.dir, escalations: [{ text: 'May I?' }] });
});

test('where nothing can be written everything is shown, and an answer says why it is not recorded', async () => {
  const id = escalate('May I?');
  const { before, env } = stepsOptions(join(place.dir, '.git'), { how: 'EROFS', at: 1 });
  await place.serve([], { ...env, NODE_OPTIONS: before.join(' ') });
  expect(await place.state()).toMatchObject({ escalations: [{ id }] });
  const { status, body } = await place.act({ act: 'reply', ids: [id], text: 'yes' });
  expect({ status, ...JSON.parse(body) }).toEqual({
    status: 503,
    message: expect.stringContaining('is not writable (EROFS). Nothing was recorded.'),
    next: expect.stringMatching(/\.$/),
  });
  expect(place.json('escalations').escalations).toHaveLength(1);
});

test('what another clone escalated comes to the page by the remote, and the answer goes back', async () => {
  // Nothing is brought but by the page's server, and by sync.
  Object.assign(place.env, { INTERCOM_TEST_ALONE: '1' });
  const remote = join(place.folder, 'remote.git');
  place.git('init', '--quiet', '--bare', '--initial-branch=main', remote);
  place.git('remote', 'add', 'origin', remote);
  mkdirSync(join(place.dir, '.intercom'));
  const policy = 'remote: origin\nsync: { interval: 1s, idleInterval: 1s, batch: 1s }\n';
  place.write('.intercom/config.yaml', policy);
  place.git('add', '.');
  place.git('commit', '--quiet', '--message=Coordinate');
  place.git('push', '--quiet', 'origin', 'main');
  place.run('start');
  place.run('sync');
  place.git('clone', '--quiet', remote, join(place.folder, 'other'));
  await place.serve();
  const come = place.state(({ escalations = [] }) => escalations.length > 0);
  place.in('other');
  const id = escalate('May I?');
  place.run('sync');
  expect(await come).toMatchObject({ escalations: [{ id }] });
  expect(await place.act({ act: 'reply', ids: [id], text: 'Yes.' })).toMatchObject({ status: 200 });
  // Ends what waits for the next batch, too: the server brings it before it is gone, or the sync here does.
  await place.end();
  place.in('repo').run('sync');
  place.in('other').run('sync');
  expect(place.json('escalations')).toEqual({ escalations: [] });
  expect(place.json('peek', '--agent', 'bold-fox').messages).toMatchObject([{ text: 'Yes.' }]);
});

test('a branch that cannot be read is said on the page, and it is shown again when it can', async () => {
  place.run('start');
  const ref = join(place.dir, '.git/refs/heads/intercom');
  const tip = readFileSync(ref, 'utf8');
  await place.serve();
  const events = place.events();
  expect((await events.next()).value).toMatchObject({ kind: 'state' });
  writeFileSync(ref, 'torn\n');
  expect((await events.next()).value).toEqual({
    kind: 'trouble',
    value: { message: expect.stringMatching(/\.$/), next: expect.stringMatching(/\.$/) },
  });
  writeFileSync(ref, tip);
  expect((await events.next()).value).toMatchObject({ kind: 'state', value: { isOpen: true } });
});
