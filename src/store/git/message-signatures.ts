/**
 * Whose signature stands under a message: that of the commit that brought it to the branch. Whoever changes the message later
 * signs another commit, so what is shown has to be what was brought.
 */
import type { Signature } from '../../domain/check/seen-commit.ts';
import { type ShownMessage, shownMessage } from '../../domain/message/present.ts';
import { saidIn } from '../../domain/message/said.ts';
import type { Oid } from '../../domain/oid.ts';
import { messagePath } from '../../domain/record/path.ts';
import type { AnyRecord } from '../../domain/record/record.ts';
import { digestOf, keyOf, type Noted, SignatureMemo } from '../projection/signature-memo.ts';
import type { Branch } from './branch.ts';
import { type Brought, bringing, isSigned } from './bringing.ts';
import { firstParents } from './first-parents.ts';
import { verifySigned } from './signatures.ts';

/** Where no policy wants signatures, the latest commits tell whether somebody signs all the same. */
const commitsLookedAt = 16;

const unsigned: Signature = { standing: 'none', signer: null };
const altered: Signature = { standing: 'bad', signer: null };

export class MessageSignatures {
  readonly #memo: SignatureMemo;
  /** Looked at without finding a signature. */
  #plainTip: Oid | undefined;

  /** `recordOf` answers the message as the branch has it, or had it last. */
  constructor(
    private readonly branch: Branch,
    private readonly recordOf: (path: string) => Promise<AnyRecord | undefined>,
  ) {
    this.#memo = new SignatureMemo(branch.dir);
    if (branch.policy.sign && !this.#memo.isThere) this.#memo.note([], 0);
  }

  async of(messages: readonly ShownMessage[]): Promise<ReadonlyMap<string, Signature>> {
    if (messages.length === 0) return new Map();
    const tip = await this.branch.readTip();
    if (tip === null || !(await this.#isUsed(tip))) return new Map();
    const nowMs = this.branch.options.clock();
    const known = this.#memo.known(nowMs);
    const asked = await Promise.all(messages.map((message) => this.#asked(message)));
    const fresh = asked.filter((each) => !known.has(keyOf(each)));
    const noted = await this.#judge(fresh, tip);
    if (noted.length > 0) this.#memo.note(noted, nowMs);
    const found = new Map(noted.map((each) => [keyOf(each), each.signature]));
    // Nothing of ours brought it: nobody has signed that it was said.
    return new Map(asked.map((each) => [each.id, known.get(keyOf(each)) ?? found.get(keyOf(each)) ?? unsigned]));
  }

  async #isUsed(tip: Oid): Promise<boolean> {
    if (this.branch.policy.sign || this.#memo.isThere) return true;
    let count = 0;
    for await (const { oid, content } of firstParents(this.branch.objects, tip)) {
      if (oid === this.#plainTip || ++count > commitsLookedAt) break;
      if (isSigned(content)) {
        this.#memo.note([], 0);
        return true;
      }
    }
    this.#plainTip = tip;
    return false;
  }

  async #asked(message: ShownMessage): Promise<Asked> {
    const sealed = message.sealed === undefined ? undefined : sealedIn(await this.recordOf(messagePath(message.id)));
    return { id: message.id, message, sealed, digest: digestOf(message, sealed) };
  }

  async #judge(asked: readonly Asked[], tip: Oid): Promise<Noted[]> {
    if (asked.length === 0) return [];
    const brought = await bringing(new Set(asked.map(({ id }) => id)), tip, this.branch);
    const signed = [...brought.values()].filter((each) => each.isSigned).map(({ oid }) => oid);
    const verified = await verifySigned(this.branch.repository, [...new Set(signed)]);
    return asked.flatMap((each) => {
      const by = brought.get(each.id);
      const signature = by && signatureOf(each, by, verified);
      return signature === undefined ? [] : [{ id: each.id, digest: each.digest, signature }];
    });
  }
}

interface Asked {
  readonly id: string;
  readonly message: ShownMessage;
  readonly sealed: string | undefined;
  readonly digest: string;
}

/** Undefined where git was asked and did not answer. */
function signatureOf(
  { message, sealed }: Asked,
  { oid, isSigned, record }: Brought,
  verified: ReadonlyMap<Oid, Signature> | undefined,
): Signature | undefined {
  if (!isSigned) return unsigned;
  const isSame =
    record.kind === 'message' && saidIn(shownMessage(record), sealedIn(record)) === saidIn(message, sealed);
  return isSame ? verified?.get(oid) : altered;
}

function sealedIn(record: AnyRecord | undefined): string | undefined {
  return record?.kind === 'message' ? record.sealed?.text : undefined;
}
