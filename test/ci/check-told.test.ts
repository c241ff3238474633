/** How `check` tells what it found: to people, and to programs. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Scene } from './scene.ts';

let scene: Scene;

beforeEach(() => {
  scene = new Scene();
});
afterEach(() => scene.remove());

test('a person reads groups, sentences, the way on, and how it stands', () => {
  scene.claim('ada', ['src/auth.ts']);
  expect(scene.intercom(['check']).stdout).toBe('All is well with 1 claim.\n');
  scene.writeRecords({ 'agents/eve.yaml': '{{{' });
  const { stdout, status } = scene.intercom(['check'], { minutes: 60 });
  expect(status).toBe(1);
  expect(stdout).toMatch(
    /^Broken\n {2}unreadable-record {2}The record agents\/eve cannot .+\n {21}Run .+\n\nStale\n {2}lease-over {9}The lease of ada .+\n {21}As ada, .+\n\n2 findings among 1 claim\.\n$/,
  );
  const lenient = scene.intercom(['check', '--fail-on', 'never'], { minutes: 60 });
  expect(lenient.status).toBe(0);
  expect(lenient.stdout).toContain('\n2 findings among 1 claim, and none of them fails this check.\n');
});

test('--format json prints what --json prints', () => {
  scene.claim('ada', ['src/auth.ts']);
  const [byFormat, byFlag] = [['--format', 'json'], ['--json']].map((how) =>
    scene.intercom(['check', ...how], { minutes: 60 }),
  );
  expect(byFormat).toEqual(byFlag);
  expect(Object.keys(JSON.parse(byFlag?.stdout ?? ''))).toEqual(['ref', 'ok', 'findings', 'unseen', 'counts']);
});
