/**
 * What git said of the commits that messages came with, `intercom/signatures`: a line a message, appended without a lock, so
 * that no program is started for it twice, and the quick answers know it. Losing it makes the next look ask again. Its
 * being there says that somebody in this repository signs.
 */
import { existsSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Signature } from '../../domain/check/seen-commit.ts';
import type { ShownMessage } from '../../domain/message/present.ts';
import { saidIn } from '../../domain/message/said.ts';
import { appendShared, makeFolder } from '../local/shared-modes.ts';

/** Keys come to be known and trusted, or not any more: what git was not sure of is asked again after so long. */
const unsureMs = 10 * 60_000;

/** Then all is forgotten, and asked again. */
const bytesMax = 1024 * 1024;

/** node:crypto is loaded by those alone who need it: it costs the quick answers more than the rest of them. */
export function digestOf(message: ShownMessage, sealed?: string): string {
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256').update(saidIn(message, sealed)).digest('hex').slice(0, 32);
}

export interface Noted {
  readonly id: string;
  readonly digest: string;
  readonly signature: Signature;
}

export class SignatureMemo {
  readonly #file: string;

  constructor(intercomDir: string) {
    this.#file = join(intercomDir, 'signatures');
  }

  get isThere(): boolean {
    return existsSync(this.#file);
  }

  /** With what is remembered; undefined where git is to be asked first. As they are where nobody signs. Not of sealed ones. */
  on<T extends ShownMessage>(messages: readonly T[], nowMs: number): readonly T[] | undefined {
    if (messages.length === 0 || !this.isThere) return messages;
    const known = this.known(nowMs);
    const signed = messages.flatMap((message) => {
      const signature = known.get(keyOf({ id: message.id, digest: digestOf(message) }));
      return signature === undefined ? [] : [{ ...message, signature }];
    });
    return signed.length === messages.length ? signed : undefined;
  }

  /** By id and digest, as `keyOf` has it. */
  known(nowMs: number): ReadonlyMap<string, Signature> {
    const known = new Map<string, Signature>();
    for (const line of this.#lines()) {
      const [id = '', digest = '', atMs = '', standing = '', ...signer] = line.split(' ');
      const isSure = standing === 'good' || standing === 'none' || standing === 'bad';
      if (!isSure && !(isUnsure.has(standing) && nowMs - Number(atMs) < unsureMs)) continue;
      known.set(keyOf({ id, digest }), {
        standing: standing as Signature['standing'],
        signer: signer.length === 0 ? null : signer.join(' '),
      });
    }
    return known;
  }

  /** Also with nothing to note: then it is there from now on. */
  note(noted: readonly Noted[], nowMs: number): void {
    const lines = noted.map(({ id, digest, signature: { standing, signer } }) =>
      [id, digest, nowMs, standing, ...(signer === null ? [] : [signer.replaceAll('\n', ' ')])].join(' '),
    );
    try {
      makeFolder(dirname(this.#file));
      appendShared(this.#file, lines.map((line) => `${line}\n`).join(''));
      if (statSync(this.#file).size > bytesMax) truncateSync(this.#file);
    } catch {
      // A repository that can be read but not written: it is asked again.
    }
  }

  #lines(): string[] {
    try {
      const text = readFileSync(this.#file, 'utf8');
      return text
        .slice(0, text.lastIndexOf('\n') + 1)
        .split('\n')
        .filter(Boolean);
    } catch {
      return [];
    }
  }
}

const isUnsure: ReadonlySet<string> = new Set(['untrusted', 'unknown', 'expired', 'revoked']);

export function keyOf({ id, digest }: Pick<Noted, 'id' | 'digest'>): string {
  return `${id} ${digest}`;
}
