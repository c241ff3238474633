/** The policy of those who have next to none, read without a YAML parser: guards and hooks ask before every edit. */
import { readFileSync } from 'node:fs';
import { type PolicyPlace, policyFileOf } from './policy-place.ts';

const plainPolicy =
  /^(?:(?:lease|clock|retention|sync):\n(?: {2}[a-zA-Z]+: (?:\d+[smhdw])+\n)+|hooks:\n(?: {2}(?:(?:commit|push): (?:refuse|warn|off)|releaseOnCommit: (?:none|auto|all))\n)+|inbox:\n {2}perSender: [1-9]\d{0,2}\n|guard:\n(?: {2}(?:(?:edits|shell): (?:refuse|warn|ask|off)|autoClaim: (?:true|false)|broken: (?:allow|refuse))\n)+|confirm:\n(?: {2}(?:messages|force): (?:true|false)\n)+|remote: (?:null|(?!(?:true|false)\n)[a-z][a-z0-9._/-]*|(?:https|ssh):\/\/(?:[a-z]+@)?[a-z0-9._/-]+|[a-z]+@[a-z0-9.-]+:[a-z0-9._/-]+)\n|hub: (?:null|(?!(?:true|false)\n)[a-z][a-z0-9._-]*|\.\.\/[a-z0-9._/-]+|(?:https|ssh):\/\/(?:[a-z]+@)?[a-z0-9._/-]+|[a-z]+@[a-z0-9.-]+:[a-z0-9._/-]+)\n|repository: [a-z][a-z0-9_-]{1,62}~[0-9a-f]{8}\n|(?:skipCi|signalFile|landing|sign): (?:true|false)\n)*$/;

/**
 * The lines of a policy that is surely valid and names no branch of its own, or of none; undefined for others, which
 * the whole command reads.
 */
export function plainPolicyLines(place: PolicyPlace): readonly string[] | undefined {
  const text = read(policyFileOf(place));
  const lines = text.split('\n').flatMap((line) => line.replace(/(?:^|[ \t]+)#.*$/, '').trimEnd() || []);
  const keys = lines.map((line) => line.trim().split(':', 1)[0]);
  const isPlain = plainPolicy.test(lines.map((line) => `${line}\n`).join('')) && new Set(keys).size === keys.length;
  return isPlain ? lines : undefined;
}

/** Whether several repositories share the branch: then paths of others may be typed, and names may be namesakes'. */
export function isInHub(lines: readonly string[]): boolean {
  return lines.some((line) => line.startsWith('hub: ') && line !== 'hub: null');
}

/** Whether there is anything to fetch. */
export function hasRemote(lines: readonly string[]): boolean {
  return isInHub(lines) || lines.some((line) => line.startsWith('remote: ') && line !== 'remote: null');
}

/**
 * Whether the policy wants nothing let through that nobody could look at. Asked where something is broken already, the
 * policy perhaps, so the words alone count.
 */
export function wantsStrict(place: PolicyPlace): boolean {
  const text = read(policyFileOf(place));
  return /^guard:(?:(?!^\S).|\n)*\bbroken:\s*refuse\b/m.test(text.replace(/(?:^|[ \t]+)#.*$/gm, ''));
}

function read(file: string | undefined): string {
  if (file === undefined) return '';
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
