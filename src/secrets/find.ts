/**
 * What looks like a key, a token or a private key, by the rules of secretlint (preset-recommend) and one of our own: each is the form of one
 * vendor's keys, so that long names and hashes are none. Loaded when a text needs the look, for it takes 30 ms.
 */
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import type { Secret } from '../domain/secret/secret.ts';

const preset = '@secretlint/secretlint-rule-preset-recommend';

const config = {
  rules: [
    {
      id: preset,
      rule: creator,
      // A remark in the text (secretlint-disable) would switch the others off, and nobody would see that it did.
      rules: [{ id: '@secretlint/secretlint-rule-filter-comments', disabled: true }],
    },
  ],
};

/** In the order in which they stand. Never rejects for what the text is. A tenth of a millisecond, 2 ms for 64 KiB of code. */
export async function findSecrets(text: string): Promise<readonly Secret[]> {
  const source = { filePath: 'text', content: text, ext: '', contentType: 'text' } as const;
  const { messages } = await lintSource({ source, options: { config, noPhysicFilePath: true } });
  const found = messages.map(({ message, messageId, range: [start, end], loc }) => ({
    kind: kindIn(message) ?? messageId,
    line: loc.start.line,
    shown: masked(text.slice(start, end)),
  }));
  return [...found, ...agentKeysIn(text)].sort((a, b) => a.line - b.line);
}

/** What opens sealed messages, in the form of age-keygen(1). The rules do not know it, and we make such keys. */
const agentKey = /AGE-SECRET-KEY-(?:PQ-)?1[02-9AC-HJ-NP-Z]{50,}/gi;

function agentKeysIn(text: string): Secret[] {
  return [...text.matchAll(agentKey)].map(({ 0: key, index }) => ({
    kind: 'age private key',
    line: text.slice(0, index).split('\n').length,
    shown: masked(key),
  }));
}

/** `found GitHub Token(ghp_…): ghp_…`, in the rules' own words. */
function kindIn(message: string): string | undefined {
  return /^found ([^:(]{2,60}?) ?[:(]/.exec(message)?.[1];
}

/** What tells keys of one vendor from another's, and nothing of what makes this one a secret. */
function masked(secret: string): string {
  const prefix = /^(?:[a-z+]{2,12}:\/\/|-----BEGIN [A-Z ]*PRIVATE KEY|[A-Za-z]{2,6}[-_.])/.exec(secret)?.[0] ?? '';
  return `${prefix}…, ${secret.length} characters`;
}
