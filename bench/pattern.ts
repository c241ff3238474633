/** How fast two patterns are compared, given as text from a pool that the memo holds, as a busy project has them. */

import { patternsOverlap } from '../src/domain/pattern/text.ts';
import { runBench } from './measure/bench.ts';
import { type Random, randomFrom } from './measure/random.ts';
import { type Row, rowOf, showPerSecond } from './measure/row.ts';

const pairsPerSecondMin = 500_000;
const pairsMeasured = 1_000_000;
const modules = 40;
const patternsPerModule = 50;

/** Deterministic but for the clock. Three quarters of the pairs share a literal prefix, and one of the two has `**`. */
async function benchPattern(): Promise<Row[]> {
  const random = randomFrom(20260731);
  const pool = poolOf(random);
  const pairs = pairsOf(pool, random);
  count(pairs);
  const start = performance.now();
  const overlapping = count(pairs);
  const perSecond = Math.round((pairs.length / (performance.now() - start)) * 1000);
  const share = Math.round((overlapping / pairs.length) * 100);
  return [
    rowOf({
      what: `patternsOverlap, ${pairs.length} pairs of ${pool.flat().length} patterns, ${share} % overlap`,
      measured: perSecond,
      floor: pairsPerSecondMin,
      show: showPerSecond,
      mustReach: { atLeast: 1 },
    }),
  ];
}

type Pair = readonly [a: string, b: string];

function count(pairs: readonly Pair[]): number {
  return pairs.reduce((sum, [a, b]) => sum + (patternsOverlap(a, b) ? 1 : 0), 0);
}

function pairsOf(pool: readonly (readonly string[])[], random: Random): Pair[] {
  const deep = pool.map((patterns) => patterns.filter((pattern) => pattern.includes('**')));
  return Array.from({ length: pairsMeasured }, (): Pair => {
    const at = random(modules);
    const other = random(4) === 0 ? random(modules) : at;
    return [pick(deep[at] ?? [], random), pick(pool[other] ?? [], random)];
  });
}

function poolOf(random: Random): string[][] {
  return Array.from({ length: modules }, (_, module) => {
    const patterns = new Set<string>();
    while (patterns.size < patternsPerModule) patterns.add(`packages/module-${module}/${tailOf(random)}`);
    return [...patterns];
  });
}

function tailOf(random: Random): string {
  const folders = Array.from({ length: random(3) }, () => pick(['src', 'lib', 'test', '**', '*', 'v[0-9]'], random));
  const names = [
    '*.ts',
    'index.ts',
    '*.{ts,tsx}',
    '**',
    '**/*.test.ts',
    'file-?.ts',
    `part${random(40)}.ts`,
    '[a-m]*.md',
  ];
  return [...folders, pick(names, random)].join('/');
}

function pick(from: readonly string[], random: Random): string {
  return from[random(from.length)] ?? '**';
}

runBench(benchPattern);
