import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { areManyLoose, isOver } from '../../../src/store/git/maintenance.ts';
import { removeFolder } from '../../remove-folder.ts';

const hour = 3_600_000;
const start = Date.parse('2026-03-01T09:00:00Z');

function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'intercom-day-'));
  onTestFinished(() => removeFolder(dir));
  return dir;
}

test('a day is over once, a day after the first look, and the clock begins anew when its file is lost', () => {
  const commonDir = temporaryFolder();
  const isDayOver = (hours: number) => isOver(24 * hour, 'not the first', { commonDir }, start + hours * hour);
  expect([0, 1, 23.9, 24, 24.1, 47, 48, 200].map(isDayOver)).toEqual([
    ...[false, false, false],
    ...[true, false, false, true, true],
  ]);
  rmSync(join(commonDir, 'intercom'), { recursive: true });
  expect(isDayOver(400)).toBe(false);
});

test('packing begins with the first that asks, and puts off the daily maintenance', () => {
  const commonDir = temporaryFolder();
  const isMinuteOver = (hours: number) => isOver(60_000, 'from the first', { commonDir }, start + hours * hour);
  expect([0, 0.01, 0.02].map(isMinuteOver)).toEqual([true, false, true]);
  expect(isOver(24 * hour, 'not the first', { commonDir }, start + 23 * hour)).toBe(false);
  expect(isOver(24 * hour, 'not the first', { commonDir }, start + 25 * hour)).toBe(true);
});

test('where nothing can be written it is never over', () => {
  expect(isOver(24 * hour, 'from the first', { commonDir: '/dev/null' })).toBe(false);
});

test('four objects in the folder that stands for all are many', () => {
  const objectsDir = temporaryFolder();
  expect(areManyLoose({ objectsDir })).toBe(false);
  mkdirSync(join(objectsDir, '17'));
  const add = (n: number) => writeFileSync(join(objectsDir, '17', `${n}`), '');
  for (const n of [1, 2, 3]) add(n);
  expect(areManyLoose({ objectsDir })).toBe(false);
  add(4);
  expect(areManyLoose({ objectsDir })).toBe(true);
});
