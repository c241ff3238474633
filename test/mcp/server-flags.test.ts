/** The flags that a server sets for V8: one that V8 does not know is told on stderr at each start, in the client's log. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { serverFlags } from '../../src/serving/server-flags.ts';

const nameOf = (flag: string) => flag.slice(0, flag.indexOf('=') < 0 ? undefined : flag.indexOf('='));

test('the V8 of this node knows each', () => {
  const known = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
  for (const flag of serverFlags(process.versions.v8)) expect(known).toContain(`  ${nameOf(flag)} (`);
});

test.each([
  ['11.3.244.8-node.33', '--interrupt-budget'],
  ['12.4.254.21-node.57', '--invocation-count-for-turbofan'],
  ['13.6.233.17-node.53', '--invocation-count-for-turbofan'],
])('V8 %s is told by %s when to optimize', (version, flag) => {
  const budgets = serverFlags(version).map(nameOf);
  expect(budgets.filter((name) => /budget|turbofan/.test(name))).toEqual([flag]);
});
