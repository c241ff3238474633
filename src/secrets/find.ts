/**
 * What looks like a key, a token or a private key, by the rules of secretlint (preset-recommend) and some forms
 * beside them (forms.ts). Loaded when a text needs the look, for it takes 30 ms.
 */
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import type { Secret } from '../domain/secret/secret.ts';
import { forms } from './forms.ts';

const preset = '@secretlint/secretlint-rule-preset-recommend';

const config = {
  rules: [
    {
      id: preset,
      rule: creator,
      // A remark in the text (secretlint-disable) would switch the others off, and nobody would see that it did.
      rules: [
        { id: '@secretlint/secretlint-rule-filter-comments', disabled: true },
        // By itself it opens nothing, and it tells whose account it is.
        { id: '@secretlint/secretlint-rule-aws', options: { enableIDScanRule: true } },
      ],
    },
  ],
};

/** In the order in which they stand. Never rejects for what the text is. A tenth of a millisecond, 2 ms for 64 KiB of code. */
export async function findSecrets(text: string): Promise<readonly Secret[]> {
  const source = { filePath: 'text', content: text, ext: '', contentType: 'text' } as const;
  const { messages } = await lintSource({ source, options: { config, noPhysicFilePath: true } });
  const found = messages.map(({ message, messageId, range: [start, end] }) => ({
    kind: kindIn(message) ?? messageId,
    start,
    end,
  }));
  for (const each of formsIn(text))
    if (!found.some((one) => one.start < each.end && each.start < one.end)) found.push(each);
  return found
    .sort((a, b) => a.start - b.start)
    .map(({ kind, start, end }) => ({
      kind,
      line: text.slice(0, start).split('\n').length,
      shown: masked(text.slice(start, end)),
    }));
}

function formsIn(text: string): { kind: string; start: number; end: number }[] {
  return forms.flatMap(({ kind, form }) =>
    [...text.matchAll(form)].map(({ 0: secret, index }) => ({ kind, start: index, end: index + secret.length })),
  );
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
