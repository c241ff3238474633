/** A file that somebody wrote as JSON or YAML, as plain data. */
import { UsageError } from './usage-error.ts';
import { whyUnreadable } from './why-unreadable.ts';

export type DecodeYaml = (
  text: string,
) => { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string };

interface Reading {
  readonly readFile: (path: string) => string;
  readonly decodeYaml: DecodeYaml;
}

/** A list of YAML is read as the value of `questions`, because a record, which our reader knows, is never a list. */
export function dataIn(file: string, { readFile, decodeYaml }: Reading): unknown {
  const text = textOf(file, readFile);
  try {
    return JSON.parse(text);
  } catch {
    // Then it is YAML, or nothing.
  }
  const isList = /^\s*(?:#.*\n\s*)*(?:- |\[)/.test(text);
  const decoded = decodeYaml(isList ? `questions:\n${text.replace(/^/gm, '  ')}` : text);
  if (decoded.ok) return decoded.value;
  throw new UsageError(`${file} is neither JSON nor YAML: ${decoded.reason}.`, 'Correct the file, and run it again.');
}

function textOf(file: string, readFile: Reading['readFile']): string {
  try {
    return readFile(file);
  } catch (cause) {
    throw new UsageError(
      `${file} cannot be read: ${whyUnreadable(cause)}.`,
      'Name a file of YAML or JSON that is here.',
    );
  }
}
