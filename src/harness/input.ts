/** Reading what a harness wrote: any field may be missing, or be something else. */
import type { HookInput } from './harness.ts';

export function textIn(input: HookInput, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = input[key];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

/** As hooks/launcher.sh looks for it. */
export function gateKeyIn(input: HookInput): string | undefined {
  return textIn(input, 'session_id', 'sessionId', 'conversation_id');
}

export function numberIn(input: HookInput, key: string): number | undefined {
  // A hook that calls a tool is given texts.
  const value = typeof input[key] === 'string' && input[key] !== '' ? Number(input[key]) : input[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function objectIn(input: HookInput, key: string): HookInput {
  const value = input[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as HookInput) : {};
}

/** A text of JSON; empty where it is none, or no object. */
export function objectOf(text: string): HookInput {
  try {
    return objectIn({ value: JSON.parse(text) }, 'value');
  } catch {
    return {};
  }
}

const pathKeys = ['file_path', 'notebook_path', 'path', 'filePath', 'absolute_path'];

/** The files that an edit tool is going to write, whatever its harness calls the argument. */
export function pathsIn(input: HookInput): string[] {
  const one = textIn(input, ...pathKeys);
  const { files, edits } = input;
  const several = [files, edits].flatMap((list) => (Array.isArray(list) ? list : [])).map(pathOf);
  return [...new Set([one, ...several])].filter((path) => path !== undefined);
}

function pathOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? textIn(value as HookInput, ...pathKeys) : undefined;
}
