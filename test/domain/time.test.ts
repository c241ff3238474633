import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDuration, instantOf, msOf, parseDuration } from '../../src/domain/time.ts';

test('an instant is text in UTC, and comes back', () => {
  expect(instantOf(0)).toBe('1970-01-01T00:00:00.000Z');
  expect(msOf('2026-03-01T09:00:00Z')).toBe(Date.UTC(2026, 2, 1, 9));
  fc.assert(fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (ms) => msOf(instantOf(ms)) === ms));
  expect(msOf('soon')).toBeNaN();
});

describe('a duration', () => {
  test.each([
    ['90s', 90],
    ['30m', 1800],
    ['2h', 7200],
    ['7d', 604_800],
    ['2w', 1_209_600],
    ['1h30m', 5400],
    ['1.5h', 5400],
    ['0.5s', 1],
    [' 2H ', 7200],
    ['10', 600],
    ['0.5', 30],
    ['0s', 0],
  ])('%j has %s seconds', (words, seconds) => {
    expect(parseDuration(words)).toBe(seconds);
  });

  test.each(['', 'soon', '-5m', '5 m', '5y', 'm', '1e3', '5m!', '.5h', 'Infinity'])('%j is none', (words) => {
    expect(parseDuration(words)).toBeUndefined();
  });

  test.each([
    [0, '0s'],
    [-3, '0s'],
    [45, '45s'],
    [59.6, '1m'],
    [90, '1m 30s'],
    [599, '9m 59s'],
    [600, '10m'],
    [1799, '29m'],
    [3600, '1h'],
    [3900, '1h 5m'],
    [86_399, '23h 59m'],
    [86_400, '1d'],
    [266_400, '3d 2h'],
  ])('of %s seconds is told as %s', (seconds, words) => {
    expect(formatDuration(seconds)).toBe(words);
  });

  test('is told to within its second unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (seconds) => {
        const told = parseDuration(formatDuration(seconds).replace(' ', '')) as number;
        expect(told).toBeLessThanOrEqual(seconds);
        expect(seconds - told).toBeLessThan(seconds < 3600 ? 60 : 3600);
      }),
    );
  });
});
