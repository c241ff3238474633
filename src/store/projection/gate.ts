/**
 * What the `sh` gate of hooks goes by (hooks/launcher.sh): a folder for each session, `intercom/gate/<harness>-<session>`,
 * whose files say by their times what a look at the projection found. An empty file at `paths/<absolute path>` says that
 * an edit there had nothing against it when the file was made; `heard`, that no mail was waiting; `until` has a time
 * ahead: then somebody must look again, for a lease is to be renewed. `agent` says whose session it is, and with which
 * policy. All of it may be deleted at any time: then node is asked.
 */
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Policy } from '../../domain/policy.ts';
import { makeFolder, share } from '../local/shared-modes.ts';
import { policyMark } from '../policy-mark.ts';
import type { PolicyPlace } from '../policy-place.ts';

/** Who a session is, without asking the branch. */
export interface GateAgent {
  readonly name: string;
  readonly uid: string;
  readonly tags: readonly string[];
  readonly policy: Pick<Policy, 'branch' | 'hub' | 'guard' | 'owners' | 'leaseSeconds' | 'clockDriftSeconds'>;
  /** Of the policy file that the policy was read from. */
  readonly policyFile: string;
}

export class Gate {
  constructor(readonly dir: string) {}

  /** Undefined for a session whose name no path can have. */
  static of(commonDir: string, harness: string, session: string | undefined): Gate | undefined {
    const isPlain = session !== undefined && /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(session);
    return isPlain ? new Gate(join(commonDir, 'intercom', 'gate', `${harness}-${session}`)) : undefined;
  }

  /** Undefined where nobody noted it, or the policy file is another one now. */
  agent(place: PolicyPlace): GateAgent | undefined {
    try {
      const [, text = ''] = readFileSync(join(this.dir, 'agent'), 'utf8').split('\n');
      const agent = JSON.parse(text) as GateAgent;
      return agent.policyFile === policyMark(place) ? agent : undefined;
    } catch {
      return undefined;
    }
  }

  /** The name has a line of its own: sh reads it. */
  noteAgent(agent: Omit<GateAgent, 'policyFile'>, place: PolicyPlace): void {
    const text = `${agent.name}\n${JSON.stringify({ ...agent, policyFile: policyMark(place) })}\n`;
    this.#quietly(() => {
      if (read(join(this.dir, 'agent')) === text) return;
      makeFolder(this.dir);
      replace(join(this.dir, 'agent'), text);
    });
  }

  /**
   * Begins a look: what is found counts from this instant on, so that what changes during the look is not missed.
   * Answers how to note what was found; not calling it notes nothing.
   */
  look(): (found: { readonly paths?: readonly string[]; readonly heard?: boolean; readonly untilMs: number }) => void {
    const begun = join(this.dir, `look~${process.pid}`);
    this.#quietly(() => {
      makeFolder(this.dir);
      writeFileSync(begun, '');
      share(begun);
    });
    return ({ paths = [], heard = false, untilMs }) =>
      this.#quietly(() => {
        // A little before: what changed in the same tick of the disk's clock must count as later.
        const seconds = (statSync(begun).mtimeMs - 0.002) / 1000;
        for (const path of paths) {
          const file = join(this.dir, 'paths', path);
          makeFolder(dirname(file));
          writeFileSync(file, '');
          share(file);
          utimesSync(file, seconds, seconds);
        }
        if (heard) renameSync(begun, join(this.dir, 'heard'));
        else rmSync(begun, { force: true });
        const until = join(this.dir, 'until');
        writeFileSync(until, '');
        share(until);
        utimesSync(until, new Date(untilMs), new Date(untilMs));
      });
  }

  forget(): void {
    this.#quietly(() => rmSync(this.dir, { recursive: true, force: true }));
  }

  /** A repository that cannot be written: node is asked each time. */
  #quietly(act: () => void): void {
    try {
      act();
    } catch {}
  }
}

function replace(file: string, text: string): void {
  const temporary = `${file}~${process.pid}`;
  writeFileSync(temporary, text);
  share(temporary);
  renameSync(temporary, file);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
