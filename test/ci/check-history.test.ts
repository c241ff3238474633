/** What the check says of the commits of the branch: by whom each was made, and for whom it speaks. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { trailersOf } from '../store/git/by-hand.ts';
import { claimRecord, messageFor, Scene } from './scene.ts';

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
});
afterEach(() => scene.remove());

/** The tree of a commit once more, with this message and these parents. */
function commit(message: string, parents = ['intercom'], tree = 'intercom^{tree}'): string {
  const oid = scene.git(['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent]), '-m', message]);
  scene.git(['update-ref', 'refs/heads/intercom', oid]);
  return oid;
}

/** The latest commit again, as if another had made it. */
function signAs(agent: string, uid: string): string {
  return commit(`odd\n\n${trailersOf(agent, uid)}`, ['intercom~1']);
}

function uidOf(agent: string): string {
  return /^uid: (.*)$/m.exec(scene.git(['show', `intercom:.intercom/agents/${agent}.yaml`]))?.[1] as string;
}

const found = (...options: string[]) =>
  scene.check(options).findings.map(({ rule, what, record }) => ({ rule, what, record }));

test('a branch that only git-intercom wrote is well, however strictly it is looked at', () => {
  scene.claim('ada', ['src/a.ts']);
  scene.intercom(['send', 'ada', 'hello', '--agent', 'bob']);
  scene.intercom(['ask', 'bob', 'ready?', '--wait', '0s', '--agent', 'ada']);
  scene.intercom(['reply', 'yes', '--agent', 'bob']);
  scene.intercom(['peek', '--agent', 'ada']);
  scene.intercom(['handoff', 'bob', '--agent', 'ada']);
  scene.intercom(['ack', '--all', '--agent', 'ada']);
  scene.intercom(['release', 'src/a.ts', '--force', '--why', 'x', '--agent', 'ada']);
  expect(Number(scene.git(['rev-list', '--count', 'intercom']))).toBeGreaterThan(7);
  expect(found('--commits', 'all')).toEqual([]);
});

describe('a commit', () => {
  test('whose agent writes the claim or the message of another is found', () => {
    scene.claim('ada', ['src/a.ts']);
    scene.intercom(['status', 'here', '--agent', 'bob']);
    scene.intercom(['send', 'bob', 'let me in', '--agent', 'ada']);
    const forged = signAs('bob', uidOf('bob')).slice(0, 12);
    const id = scene.git(['ls-tree', '-r', '--name-only', 'intercom', '.intercom/messages/']);
    expect(found()).toContainEqual({
      rule: 'written-for-another',
      what: `The commit ${forged} (odd) of bob writes ${id.replace('.intercom/', '').replace('.yaml', '')}, which is ada's to write.`,
      record: id,
    });
    expect(scene.check(['--fail-on', 'broken']).status).toBe(1);
  });

  test('that goes under the name of an agent with another uid is found', () => {
    scene.claim('ada', ['src/a.ts']);
    scene.intercom(['status', 'busy', '--agent', 'ada']);
    const forged = commit(`odd\n\n${trailersOf('ada', 'u-somebody')}`).slice(0, 12);
    expect(found()).toEqual([
      {
        rule: 'written-for-another',
        what: `The commit ${forged} (odd) goes under the name ada, and has another uid than that agent.`,
        record: '.intercom/agents/ada.yaml',
      },
    ]);
  });

  test('that was made by hand is found while it is on top, and later only when it is asked for', () => {
    scene.claim('ada', ['src/a.ts']);
    scene.writeRecords({ 'claims/b2.yaml': claimRecord({ id: 'b2', agent: 'bob', paths: '[docs]' }) }, 'by-hand');
    expect(found().map(({ rule }) => rule)).toEqual(['commit-by-hand']);
    scene.claim('ada', ['src/b.ts']);
    expect(found()).toEqual([]);
    expect(found('--commits', '2').map(({ rule }) => rule)).toEqual(['commit-by-hand']);
    expect(found('--commits', '1')).toEqual([]);
    expect(found('--commits', '0')).toEqual([]);
  });

  test('with several parents is found', () => {
    scene.claim('ada', ['src/a.ts']);
    const merge = commit(`Merge\n\n${trailersOf('ada', uidOf('ada'))}`, ['intercom', 'main']);
    expect(found()).toEqual([
      {
        rule: 'not-linear',
        what: `The commit ${merge.slice(0, 12)} (Merge) is a merge: what comes in from ${scene.git(['rev-parse', 'main']).slice(0, 12)} is no part of the branch.`,
        record: '.intercom',
      },
    ]);
  });

  test('that wrote what nobody can read is found where it is asked for, after the record was set aside, too', () => {
    scene.claim('ada', ['src/a.ts']);
    scene.writeRecords({ 'keys/k1.yaml': '{{{' });
    scene.intercom(['doctor', '--fix']);
    expect(found()).toEqual([]);
    expect(found('--commits', 'all').map(({ rule, record }) => [rule, record])).toEqual([
      ['unreadable-written', '.intercom/keys/k1.yaml'],
    ]);
  });

  test('of which the parent is not here is not judged, and that is said', () => {
    scene.claim('ada', ['src/a.ts']);
    scene.writeRecords({ 'claims/b2.yaml': claimRecord({ id: 'b2', agent: 'bob', paths: '[docs]' }) });
    signAs('ada', uidOf('ada'));
    scene.git([
      'clone',
      '--quiet',
      '--depth',
      '1',
      '--branch',
      'intercom',
      `file://${scene.dir}`,
      scene.path('shallow'),
    ]);
    const { findings, unseen } = scene.check(['--commits', 'all'], { cwd: scene.path('shallow') });
    expect(findings.map(({ rule }) => rule)).not.toContain('written-for-another');
    expect(unseen).toContain(
      'The last commit of the coordination branch was looked at: earlier ones are not in this checkout.',
    );
    expect(found().map(({ rule }) => rule)).toContain('written-for-another');
  });
});

test('doctor warns of what is forged', () => {
  scene.claim('ada', ['src/a.ts']);
  const files = { 'claims/b2.yaml': claimRecord({ id: 'b2', agent: 'bob', paths: '[docs]' }) };
  scene.writeRecords(files);
  signAs('ada', uidOf('ada'));
  expect(messageFor(files)).toContain('Intercom-Agent: bob');
  const { stdout, status } = scene.intercom(['doctor', '--json']);
  expect(status).toBe(1);
  expect(JSON.parse(stdout).findings.map(({ what }: { what: string }) => what)).toContainEqual(
    expect.stringMatching(/^The commit [0-9a-f]{12} \(odd\) of ada writes claims\/b2, which is bob's to write\.$/),
  );
});

test.each([
  ['--commits', 'some'],
  ['--commits', '-1'],
  ['--commits', '1.5'],
])('%s %s is wrong usage', (...options) => {
  expect(scene.intercom(['check', ...options]).status).toBe(2);
});
