import { describe, expect, test } from 'vitest';
import { pathsIn, readSources } from './sources.ts';
import {
  importsOf,
  impurityFindings,
  layerFindings,
  leftoverFindings,
  lengthFindings,
  medianLines,
  nameFindings,
  packageFindings,
  skippedTestFindings,
} from './tidy.ts';

const linesMax = 300;
const linesMedianMax = 100;
const folders = ['src', 'test', 'scripts', 'bench', 'hooks'];
const sources = readSources(folders);

function at(path: string, text: string) {
  return { path, text };
}

describe('the sources', () => {
  test('have no file that is too long', () => {
    expect(sources.flatMap((source) => lengthFindings(source, linesMax))).toEqual([]);
  });

  test('have a short file in the median', () => {
    expect(medianLines(sources.filter(({ path }) => path.startsWith('src/')))).toBeLessThanOrEqual(linesMedianMax);
  });

  test('have no file or folder with an empty name', () => {
    expect(pathsIn(folders).flatMap(nameFindings)).toEqual([]);
  });

  test('leave nothing to do later', () => {
    expect(sources.flatMap(leftoverFindings)).toEqual([]);
  });

  test('skip no test without saying why', () => {
    expect(sources.flatMap(skippedTestFindings)).toEqual([]);
  });
});

describe('the rules go red', () => {
  test('on a file that is one line too long, and not before', () => {
    expect(lengthFindings(at('src/a.ts', 'x\n'.repeat(3)), 3)).toEqual([]);
    expect(lengthFindings(at('src/a.ts', 'x\n'.repeat(4)), 3)).toHaveLength(1);
  });

  test('on a median that grew', () => {
    expect(medianLines([at('a', 'x\n'), at('b', 'x\n'.repeat(9)), at('c', 'x\n'.repeat(5))])).toBe(5);
  });

  test.each(['src/utils.ts', 'src/helpers/a.ts', 'src/common/a.ts', 'src/mail-service.ts', 'src/manager.test.ts'])(
    'on the name %s',
    (path) => expect(nameFindings(path)).toHaveLength(1),
  );

  test('but not on a name that says something', () => {
    expect(nameFindings('src/store/git/common-dir.ts')).toEqual([]);
  });

  test.each(['TO-DO', 'FIX-ME', 'X-XX', 'HA-CK'])('on the leftover %s', (word) => {
    expect(leftoverFindings(at('src/a.ts', `ok\n// ${word.replace('-', '')}: later`))).toHaveLength(1);
  });

  // The words are completed here, so that the rule does not find its own samples.
  test.each(['it~only(', 'test~skip(', 'describe~concurrent~skip(', 'it~todo(', 'ctx~sk-ip()', 'it~skipIf(x)('])(
    'on %s',
    (call) =>
      expect(skippedTestFindings(at('test/a.test.ts', call.replaceAll('~', '.').replace('-', '')))).toHaveLength(1),
  );

  test.each(["ctx~skip('no git here')", 'it~skipIf(x)( // no git here', '// no git here\nit~skipIf(x)('])(
    'but not on %s',
    (call) => expect(skippedTestFindings(at('test/a.test.ts', call.replaceAll('~', '.')))).toEqual([]),
  );

  test.each([
    'const a = Date.now();',
    'const a = new Date();',
    'const a = Date();',
    'const a = Math.random();',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the sample is the text of a template.
    'const a = `${process.env.HOME}`;',
    "await fetch('x');",
    'crypto.randomUUID();',
  ])('in the domain on %s', async (text) => {
    expect(await impurityFindings(at('src/domain/a.ts', text))).toHaveLength(1);
  });

  test.each([
    'const a = new Date(at);',
    "const a = 'process.env and Date.now()'; // new Date()",
    'export const ask = (fetch: () => void) => fetch();',
  ])('but not in the domain on %s', async (text) => {
    expect(await impurityFindings(at('src/domain/a.ts', text))).toEqual([]);
  });
});

describe('imports', () => {
  const layers = [
    { place: 'src/domain/', mayImport: [] },
    { place: 'src/cli/', mayImport: ['src/domain/', 'node:'] },
  ];

  test('are found in each form, types excepted', async () => {
    const text = [
      "import type { A } from './type.ts';",
      "import { b } from '../domain/b.ts';",
      "export * from './c.ts';",
      "const d = await import('node:fs');",
      "const e = require('@scope/pack/deep.js');",
      "// import './comment.ts'",
    ].join('\n');
    expect((await importsOf(at('src/cli/a.ts', text))).map(({ from, target }) => `${from} ${target}`)).toEqual([
      'repository src/domain/b.ts',
      'repository src/cli/c.ts',
      'npm @scope/pack',
      'node node:fs',
    ]);
  });

  test.each([
    ['src/domain/a.ts', "import 'node:fs';"],
    ['src/domain/a.ts', "import '../cli/a.ts';"],
    ['src/cli/a.ts', "await import('../web/a.ts');"],
    ['src/cli/a.ts', "import '../../package.json';"],
    ['src/stray.ts', ''],
  ])('across layers are found in %s: %s', async (path, text) => {
    expect(layerFindings(path, await importsOf(at(path, text)), layers)).toHaveLength(1);
  });

  test('within the table are no finding', async () => {
    const text = "import '../domain/a.ts'; import 'node:fs'; import './b.ts'; import 'zod';";
    expect(layerFindings('src/cli/a.ts', await importsOf(at('src/cli/a.ts', text)), layers)).toEqual([]);
  });

  test('of packages are found away from their home, and without one', async () => {
    const homes = { yaml: [/^src\/store\/codec/] };
    const imports = await importsOf(at('src/a.ts', "import 'yaml'; import 'lodash';"));
    expect(packageFindings('src/store/codec.ts', imports, homes)).toHaveLength(1);
    expect(packageFindings('src/cli/a.ts', imports, homes)).toHaveLength(2);
  });
});
