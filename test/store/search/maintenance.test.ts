import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isDayOver } from '../../../src/store/git/maintenance.ts';

test('a day is over once, a day after the first look, and the clock begins anew when its file is lost', () => {
  const commonDir = mkdtempSync(join(tmpdir(), 'intercom-day-'));
  onTestFinished(() => rmSync(commonDir, { recursive: true, force: true }));
  const hour = 3_600_000;
  const start = Date.parse('2026-03-01T09:00:00Z');
  const asked = [0, 1, 23.9, 24, 24.1, 47, 48, 200].map((hours) => isDayOver({ commonDir }, start + hours * hour));
  expect(asked).toEqual([false, false, false, true, false, false, true, true]);
  rmSync(join(commonDir, 'intercom'), { recursive: true });
  expect(isDayOver({ commonDir }, start + 400 * hour)).toBe(false);
});

test('where nothing can be written no day is ever over', () => {
  expect(isDayOver({ commonDir: '/dev/null' })).toBe(false);
});
