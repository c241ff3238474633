/** Whether a vendor's command was run already, read from the files that it leaves. */

import { isDeepStrictEqual } from 'node:util';
import type { Files } from './files.ts';
import { UneditableJson, valueAt } from './json-text.ts';
import type { Probe } from './step.ts';

export function isDone(probe: Probe, files: Files): boolean {
  const text = files.read(probe.file)?.toString('utf8');
  if (text === undefined) return false;
  if ('includes' in probe) return text.includes(probe.includes);
  try {
    const found = valueAt(text, probe.path);
    return found !== undefined && (probe.equals === undefined || isDeepStrictEqual(found, probe.equals));
  } catch (thrown) {
    if (thrown instanceof UneditableJson) return false;
    throw thrown;
  }
}
