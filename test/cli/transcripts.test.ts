/**
 * Every word that the command says, in scenes. After a change that is wanted: UPDATE_TRANSCRIPTS=1 npx vitest run
 * test/cli/transcripts.test.ts, and read the difference.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { root } from '../tooling/sources.ts';
import { isUpdate, replay, update } from './transcript.ts';

const folder = `${root}test/cli/transcripts/`;
const files = readdirSync(folder).sort();

// One after the other: a command within this process has its folder and environment for itself.
describe('transcripts', () => {
  test.each(files)('%s', async (file) => {
    const text = readFileSync(folder + file, 'utf8');
    const now = await replay(text);
    if (isUpdate) update(folder + file, now);
    else expect(now).toBe(text);
  });
});
