import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readSources, root } from './sources.ts';
import { importsOf, impurityFindings, type Layer, layerFindings, packageFindings } from './tidy.ts';

/** What each folder may import at run time. `import type` is free. */
const layers: readonly Layer[] = [
  { place: 'src/domain/', mayImport: [] },
  { place: 'src/store/', mayImport: ['src/domain/', 'node:'] },
  { place: 'src/sealing/', mayImport: ['src/domain/', 'node:'] },
  { place: 'src/operations/', mayImport: ['src/domain/', 'src/store/port.ts'] },
  { place: 'src/cli/', mayImport: ['src/domain/', 'src/operations/', 'node:'] },
  { place: 'src/ci/', mayImport: ['src/domain/', 'src/operations/', 'node:'] },
  { place: 'src/mcp/', mayImport: ['src/domain/', 'src/operations/', 'src/loopback/', 'node:'] },
  { place: 'src/hooks/', mayImport: ['src/domain/', 'src/operations/', 'node:'] },
  { place: 'src/harness/', mayImport: ['src/domain/', 'src/operations/', 'node:'] },
  { place: 'src/plugins/', mayImport: ['node:'] },
  { place: 'src/setup/', mayImport: ['src/domain/', 'src/operations/', 'node:'] },
  // In the browser, where there is neither node nor a repository.
  { place: 'src/web/page/', mayImport: ['src/domain/'] },
  { place: 'src/web/', mayImport: ['src/domain/', 'src/operations/', 'src/loopback/', 'node:'] },
  { place: 'src/loopback/', mayImport: ['src/domain/', 'node:'] },
  { place: 'src/secrets/', mayImport: ['src/domain/'] },
  { place: 'src/guard/', mayImport: ['src/', 'node:'] },
  { place: 'src/machine/', mayImport: ['src/', 'node:'] },
  { place: 'src/quick/', mayImport: ['src/', 'node:'] },
  { place: 'src/serving/', mayImport: ['src/', 'node:'] },
  { place: 'src/open.ts', mayImport: ['src/', 'node:'] },
  { place: 'src/open-sync.ts', mayImport: ['src/', 'node:'] },
  { place: 'src/identity.ts', mayImport: ['src/'] },
  { place: 'src/all-commands.ts', mayImport: ['src/'] },
  { place: 'src/main.ts', mayImport: ['src/', 'node:'] },
  { place: 'src/bin.ts', mayImport: ['src/', 'node:'] },
  { place: 'src/index.ts', mayImport: ['src/', 'node:'] },
];

/** Where each package is imported: one folder, so that replacing it is a day's work. zod is the language of schemas. */
const packageHomes: Readonly<Record<string, readonly RegExp[]>> = {
  zod: [/^src\/domain\/(.+\/)?schema\.ts$/, /^src\/operations\//, /^src\/mcp\//],
  '@modelcontextprotocol/sdk': [/^src\/mcp\//],
  'isomorphic-git': [/^src\/store\/(git\/|sync\/http)/],
  'shell-quote': [/^src\/harness\/shell\//],
  yaml: [/^src\/store\/codec(\/|\.ts$|-)/],
  chokidar: [/^src\/store\/watch(\/|\.ts$|-)/],
  '@secretlint/core': [/^src\/secrets\//],
  '@secretlint/secretlint-rule-preset-recommend': [/^src\/secrets\//],
  'jsonc-parser': [/^src\/setup\//],
  diff: [/^src\/setup\//],
  '@clack/prompts': [/^src\/setup\//],
  'fast-string-width': [/^src\/cli\/columns\.ts$/],
  'age-encryption': [/^src\/sealing\//],
  '@github/copilot-sdk': [/^src\/plugins\/copilot\.ts$/],
};

const sources = readSources(['src']).filter(({ path }) => !path.endsWith('.d.ts'));

test('each folder imports only what its row in the layer table names', async () => {
  const findings = sources.map(async (source) => layerFindings(source.path, await importsOf(source), layers));
  expect((await Promise.all(findings)).flat()).toEqual([]);
});

test('each package is imported in its home alone', async () => {
  const findings = sources.map(async (source) => packageFindings(source.path, await importsOf(source), packageHomes));
  expect((await Promise.all(findings)).flat()).toEqual([]);
});

test('the table of packages names exactly the dependencies, what the commands alone are bundled with, and what a harness brings', () => {
  const { dependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const bundled = [
    '@modelcontextprotocol/sdk',
    'shell-quote',
    'jsonc-parser',
    'diff',
    '@clack/prompts',
    'fast-string-width',
    'age-encryption',
    '@secretlint/core',
    '@secretlint/secretlint-rule-preset-recommend',
  ];
  const ofTheHarness = ['@github/copilot-sdk'];
  const named = [...Object.keys(dependencies), ...bundled, ...ofTheHarness];
  expect(Object.keys(packageHomes).sort()).toEqual(named.sort());
});

test('the domain has no clock, chance or environment', async () => {
  const findings = sources.filter(({ path }) => path.startsWith('src/domain/')).map(impurityFindings);
  expect((await Promise.all(findings)).flat()).toEqual([]);
});
