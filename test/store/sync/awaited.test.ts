/** Who still waits for the answer about a claim gets no letter, and who has given up waiting gets one. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Awaited } from '../../../src/store/sync/awaited.ts';

function make() {
  const dir = mkdtempSync(join(tmpdir(), 'intercom-awaited-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return { dir, claimant: new Awaited(dir), exchange: new Awaited(dir) };
}

test('a claim that nobody waits for is never withdrawn silently', () => {
  const { exchange } = make();
  expect(exchange.mayBeSilent('claim')).toBe(false);
});

test('an exchange that withdraws silently first is known to the claimant that gives up', () => {
  const { claimant, exchange } = make();
  claimant.begin('claim');
  expect([exchange.mayBeSilent('claim'), exchange.mayBeSilent('claim')]).toEqual([true, true]);
  expect(claimant.giveUp('claim')).toBe('silent');
});

test('a claimant that gives up first gets a letter', () => {
  const { claimant, exchange } = make();
  claimant.begin('claim');
  expect(claimant.giveUp('claim')).toBe('given up');
  expect(exchange.mayBeSilent('claim')).toBe(false);
});

test('nothing is left of a wait that is over', () => {
  const { dir, claimant, exchange } = make();
  const end = claimant.begin('claim');
  exchange.mayBeSilent('claim');
  end();
  expect(readdirSync(join(dir, 'awaited'))).toEqual([]);
  expect(exchange.mayBeSilent('claim')).toBe(false);
});
