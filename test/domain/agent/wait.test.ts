import { expect, test } from 'vitest';
import { toldWaits } from '../../../src/domain/agent/wait.ts';

test('several asks of one agent are told as one wait, beside what else is waited for', () => {
  const answer = (id: string, what: string) => ({ kind: 'answer' as const, id, what });
  const waits = [answer('a', 'bob'), { kind: 'claim' as const, id: 'c', what: 'src/a.ts' }, answer('b', 'bob')];
  expect(toldWaits([...waits, answer('d', 'cy')])).toEqual(['the answer of bob', 'src/a.ts', 'the answer of cy']);
});
