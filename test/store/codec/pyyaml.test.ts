import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeYaml } from '../../../src/store/codec/encode.ts';
import { claim, message, misread, record } from './model.ts';

const python = `
import json, sys, yaml
texts = json.load(sys.stdin)
json.dump([yaml.safe_load(text) for text in texts], sys.stdout, ensure_ascii=True, allow_nan=False)
`;

test('PyYAML, a reader of YAML 1.1, reads the same', { timeout: 60_000 }, (context) => {
  const probe = spawnSync('python3', ['-c', 'import yaml']);
  if (probe.status !== 0) context.skip('no python3 with PyYAML here');
  const values = [claim, message, ...misread.map((text) => ({ text, list: [text], map: { [text]: text } }))];
  const records = [...values, ...fc.sample(record, 1500)];
  const texts = records.map((value) => Buffer.from(encodeYaml(value)).toString('utf8'));
  const run = spawnSync('python3', ['-c', python], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, PYTHONIOENCODING: 'utf8' },
  });
  expect(run.stderr).toBe('');
  const read: unknown[] = JSON.parse(run.stdout);
  for (const [index, value] of records.entries()) expect(read[index], texts[index]).toEqual(value);
});
