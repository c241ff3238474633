/** A repository for the library, in which each call has a clock of its own. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Answer, type Intercom, openIntercom } from '../../src/index.ts';
import { removeFolder } from '../remove-folder.ts';

export class Place {
  readonly dir = mkdtempSync(join(tmpdir(), 'intercom-operations-'));

  constructor() {
    execFileSync('git', ['init', '--quiet', this.dir]);
    onTestFinished(() => removeFolder(this.dir));
  }

  /** Each call begins with the same chance: what is made in two of them has ids with one ending. */
  async as<T>(agent: string, minute: number, act: (intercom: Intercom) => Promise<T>, dir = this.dir): Promise<T> {
    const clock = `2026-03-01T09:${String(minute).padStart(2, '0')}:00.000Z`;
    const env = { ...process.env, INTERCOM_TEST_CLOCK: clock, INTERCOM_TEST_SEED: '1' };
    const intercom = await openIntercom({ dir, agent, uid: `uid-${agent}`, lifetime: 'none', env });
    return act(intercom).finally(() => intercom.close());
  }
}

export function doneBy<T>(answer: Answer<T>): T {
  if (answer.status !== 'done') throw new Error(JSON.stringify(answer));
  return answer.value;
}
