/** Messages with the signature of the commit that brought them, as each surface shows it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LiveRecord } from '../../src/domain/record/record.ts';
import { open } from '../../src/open.ts';
import { envOfPerson } from '../person.ts';
import { command } from '../store/git/coordination.ts';
import { repository } from '../store/git/sandbox.ts';
import { root } from '../tooling/sources.ts';
import { SigningPlace } from './place.ts';

function as(dir: string, who: string | NodeJS.ProcessEnv, ...words: string[]) {
  return command(dir, words, typeof who === 'string' ? { INTERCOM_AGENT: who } : who);
}

function signed() {
  const place = new SigningPlace();
  const key = place.sshKey('eve');
  place.useSsh(key);
  place.trust({ 'eve@example.org': key });
  as(place.dir, 'ada', 'status', 'here');
  const { message } = JSON.parse(as(place.dir, 'eve', 'send', 'ada', 'the tests are red', '--json').out);
  return { place, dir: place.dir, id: message.id as string };
}

const bin = join(root, 'dist/bin.cjs');

const memo = (dir: string) => join(dir, '.git/intercom/signatures');

describe('a message that was brought by a signed commit', () => {
  test.each([
    ['peek', ['peek']],
    ['thread', ['thread']],
    ['search', ['search', 'tests']],
  ])('is shown with its signer by %s', (_name, words) => {
    const { dir, id } = signed();
    const typed = words[0] === 'thread' ? [...words, id] : words;
    const { out } = as(dir, 'ada', ...typed);
    expect(out).toMatch(/^From another agent, not from your user:\n/);
    expect(out).toContain('signed by eve@example.org');
    const json = JSON.parse(as(dir, 'ada', ...typed, '--json').out);
    expect((json.messages ?? json.hits)[0]).toMatchObject({
      signature: { standing: 'good', signer: 'eve@example.org' },
    });
  });

  test('is verified once, and the quick answers know it', () => {
    const { place, dir } = signed();
    const first = as(dir, 'ada', 'peek').out;
    // What would be asked now would be answered otherwise.
    place.config('gpg.ssh.allowedSignersFile', '/nowhere');
    expect(as(dir, 'ada', 'peek').out).toBe(first);
    expect(readFileSync(memo(dir), 'utf8').trim().split('\n')).toHaveLength(1);
  });

  test('is looked at again when the memory of it is lost, or is no memory', () => {
    const { dir } = signed();
    const first = as(dir, 'ada', 'peek').out;
    writeFileSync(memo(dir), 'nonsense\n\u0000\n');
    expect(as(dir, 'ada', 'peek').out).toBe(first);
  });

  test('by a key that git was not told of is not said to be anybody’s', () => {
    const { place, dir } = signed();
    place.trust({});
    const { out } = as(dir, 'ada', 'peek');
    expect(out).toMatch(/signed with a key that is not (?:known|trusted) here/);
    expect(out).not.toContain('eve@example.org');
  });
});

describe('an ask and an escalation that were brought by signed commits', () => {
  function asking() {
    const place = new SigningPlace();
    const key = place.sshKey('eve');
    place.useSsh(key);
    place.trust({ 'eve@example.org': key });
    const dave = envOfPerson(join(place.dir, '.git'), 'dave');
    as(place.dir, dave, 'status', 'here');
    as(place.dir, 'eve', 'ask', 'dave', 'which port?', '--wait=0s');
    as(place.dir, 'eve', 'escalate', 'may we drop the table?');
    return { dir: place.dir, dave };
  }

  test.each([
    ['pending', ['pending'], 'pending'],
    ['escalations', ['escalations'], 'escalations'],
    ['who', ['who'], 'escalations'],
    ['peek, of an ask', ['peek', '--limit', '1'], 'pendingAsks'],
    ['peek, of an escalation', ['peek', '--limit', '1'], 'escalations'],
  ])('are shown with their signer by %s', (_name, words, key) => {
    const { dir, dave } = asking();
    // The long way, and then by what it has left for the quick one.
    for (const _time of ['first', 'again']) {
      const { out } = as(dir, dave, ...words);
      expect(out).toContain('signed by eve@example.org');
      const json = JSON.parse(as(dir, dave, ...words, '--json').out);
      expect(json[key]).toMatchObject([{ signature: { standing: 'good', signer: 'eve@example.org' } }]);
    }
  });
});

test('a hook puts it before the model with its signer', () => {
  const { dir } = signed();
  const input = JSON.stringify({ hook_event_name: 'UserPromptSubmit', session_id: 's1', cwd: dir, prompt: 'go on' });
  const words = [bin, 'hook', 'claude-code', 'UserPromptSubmit'];
  const env = { ...process.env, INTERCOM_AGENT: 'ada' };
  const { stdout: out } = spawnSync(process.execPath, words, { cwd: dir, env, input, encoding: 'utf8' });
  expect(out).toContain('From another agent, not from your user:');
  expect(out).toContain('signed by eve@example.org');
});

test('the answer to an ask is shown with its signer', async () => {
  const { dir } = signed();
  const asking = JSON.parse(as(dir, 'ada', 'ask', 'eve', 'why?', '--wait', '0s', '--json').out);
  as(dir, 'eve', 'reply', asking.pending.id, 'because');
  const { out } = as(dir, 'ada', 'ask', '--id', asking.pending.id);
  expect(out).toMatch(/^From another agent, not from your user:\n/);
  expect(out).toContain('signed by eve@example.org');
});

test('a sealed message keeps its signer when it is opened', () => {
  const { dir } = signed();
  as(dir, 'ada', 'key');
  const sent = as(dir, 'eve', 'send', 'ada', 'a quiet word', '--sealed');
  expect(sent.code).toBe(0);
  const { messages } = JSON.parse(as(dir, 'ada', 'peek', '--json').out);
  expect(messages.at(-1)).toMatchObject({ text: 'a quiet word', sealed: 'opened', signature: { standing: 'good' } });
});

test.each(['inbox/ada', 'messages'])(
  'a text that somebody put in place of what was signed does not fit (%s)',
  async (folder) => {
    const { dir, id } = signed();
    const { session } = await open({ cwd: dir, env: process.env, agent: 'eve', uid: 'uid-eve' });
    await session.store.transact((view) => ({
      ...{ ok: true, result: undefined, agent: 'eve', uid: 'uid-eve' },
      headline: { op: 'send', subject: 'x', ids: [id] },
      edits: [
        { path: `${folder}/${id}`, record: { ...view.record(`messages/${id}`), text: 'merge it' } as LiveRecord },
      ],
    }));
    await session.store.close();
    const { out } = as(dir, 'ada', ...(folder === 'messages' ? ['thread', id] : ['peek']));
    expect(out).toContain('merge it');
    expect(out).toContain('signature does not fit');
  },
);

test('where some sign and others do not, both are told', () => {
  const { place, dir } = signed();
  place.policy('');
  as(dir, 'bob', 'send', 'ada', 'mine is not');
  const { messages } = JSON.parse(as(dir, 'ada', 'peek', '--json').out);
  expect(messages.map(({ signature }: { signature: unknown }) => signature)).toEqual([
    { standing: 'good', signer: 'eve@example.org' },
    { standing: 'none', signer: null },
  ]);
});

test('where nobody signs nothing is said of it, and nothing is kept', () => {
  const dir = repository();
  as(dir, 'ada', 'status', 'here');
  as(dir, 'eve', 'send', 'ada', 'hello');
  const { out } = as(dir, 'ada', 'thread', JSON.parse(as(dir, 'ada', 'peek', '--json').out).messages[0].id);
  expect(out).not.toContain('sign');
  expect(existsSync(memo(dir))).toBe(false);
});
