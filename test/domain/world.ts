/**
 * A world for rules: records in a map, hosts with clocks, agents by name.
 *
 * Each decision is made twice, on a view that followed every edit and on an empty one, and must come out the same; what
 * an accepted one writes must be read back from its file as it was. So every test holds these laws.
 */
import { expect } from 'vitest';
import { decideStatus } from '../../src/domain/agent/status.ts';
import { withoutLongTexts } from '../../src/domain/attachment/apart.ts';
import type { Actor, Context, Decision, Evidence } from '../../src/domain/decision.ts';
import { Draft, type Edit } from '../../src/domain/draft.ts';
import { formatId } from '../../src/domain/id.ts';
import { foreignWrites } from '../../src/domain/integrity/foreign-writes.ts';
import { unreadOf } from '../../src/domain/message/inbox.ts';
import { defaultPolicy, type Policy } from '../../src/domain/policy.ts';
import { agentPath, folderOf } from '../../src/domain/record/path.ts';
import type {
  AgentRecord,
  AnyRecord,
  ClaimRecord,
  LiveRecord,
  MessageRecord,
  ReceiptRecord,
  WaitingRecord,
} from '../../src/domain/record/record.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { instantOf } from '../../src/domain/time.ts';
import { NotLoaded, View } from '../../src/domain/view.ts';
import { decodeRecord, encodeRecord } from '../../src/store/records.ts';

const loadsMax = 10_000;

export type Rule<T> = (draft: Draft, context: Context) => Decision<T>;

interface Options {
  readonly ignoreCase?: boolean;
  readonly policy?: Partial<Policy>;
}

export class World {
  readonly records = new Map<string, AnyRecord>();
  /** How far the clock of a host is ahead of the true time; behind when negative. */
  readonly skewSecondsByHost = new Map<string, number>();
  /** Names of agents whose process has ended, and of those with changes that nobody committed. */
  readonly dead = new Set<string>();
  /** What is found out about any process that is asked about. */
  processState: Context['processState'] = () => 'unknown';
  readonly changed = new Set<string>();
  policy: Policy;
  nowMs = Date.parse('2026-03-01T09:00:00.000Z');
  /** Of the last decision; empty when it was refused. */
  edits: readonly Edit[] = [];
  readonly #actors = new Map<string, Actor>();
  readonly #seenMs = new Map<string, number>();
  readonly #paths: { readonly ignoreCase: boolean };
  readonly #view: View;
  #idsDrawn = 0;
  /** Worlds that were parted from this one. */
  idsBegun = 0;

  constructor({ ignoreCase = false, policy = {} }: Options = {}) {
    this.#paths = { ignoreCase };
    this.#view = new View(this.#paths);
    this.policy = { ...defaultPolicy, ...policy };
  }

  /** Who acts under this name from now on; on the host `here` unless it says otherwise. Registers nobody. */
  actor(name: string, parts: Partial<Actor> = {}): Actor {
    const known = this.#actors.get(name);
    const actor = { uid: `uid-${name}`, name, host: 'here', ...known, ...parts };
    this.#actors.set(name, actor);
    return actor;
  }

  /** Draws its ids from here on: two worlds with the same records must not draw the same. */
  idsFrom(count: number): void {
    this.#idsDrawn = count;
  }

  /** Registers these names. */
  greet(...names: readonly string[]): void {
    for (const name of names) accepted(this.decide(name, (draft, context) => decideStatus(draft, {}, context)));
  }

  pass(seconds: number): void {
    this.nowMs += seconds * 1000;
  }

  nowOf(host: string): number {
    return this.nowMs + (this.skewSecondsByHost.get(host) ?? 0) * 1000;
  }

  /** The clone on this host takes note of what is claimed, as it does whenever it fetches or writes. */
  look(host: string): void {
    for (const { id, expires } of this.claims()) {
      const sight = `${host} ${id} ${expires}`;
      if (!this.#seenMs.has(sight)) this.#seenMs.set(sight, this.nowOf(host));
    }
  }

  /** `author` is the name that the commit is written under, known when it is decided. */
  decide<T>(name: string, rule: Rule<T>, author: () => string = () => name): Decision<T> {
    const actor = this.actor(name);
    const followed = this.#answer(actor, rule, this.#view);
    const fresh = this.#answer(actor, rule, new View(this.#paths));
    expect(byPath(fresh)).toEqual(byPath(followed));
    const { decision, edits, idsDrawn } = followed;
    this.edits = decision.ok ? edits : [];
    if (decision.ok) this.#expectOwnWrites(decision.headline.op, author(), actor.uid);
    for (const edit of this.edits) this.#commit(edit);
    if (decision.ok) this.#idsDrawn = idsDrawn;
    this.look(actor.host);
    return decision;
  }

  /** A commit of ours never looks as if somebody had written for another. */
  #expectOwnWrites(op: string, agent: string, uid: string): void {
    const changes = this.edits.map(({ path, record }) => ({
      path,
      before: this.records.get(path),
      after: record === null ? undefined : readBack(path, record),
    }));
    expect(foreignWrites({ op, agent, uid, changes }), JSON.stringify({ op, agent, changes })).toEqual([]);
  }

  /** The same on a draft that is thrown away. */
  rehearse<T>(name: string, rule: Rule<T>): Decision<T> {
    return this.#answer(this.actor(name), rule, this.#view).decision;
  }

  /** Puts a record there that nobody decided on: one made by hand, or damaged. */
  put(path: string, record: AnyRecord | undefined): void {
    if (record === undefined) this.records.delete(path);
    else this.records.set(path, record);
    this.#view.apply([{ path, after: record }]);
  }

  /** Puts a file there as it stands on the branch. */
  putFile(path: string, fields: Readonly<Record<string, unknown>>): AnyRecord {
    const record = decodeRecord(path, encodeRecord(fields as unknown as LiveRecord));
    this.put(path, record);
    return record;
  }

  claims(): ClaimRecord[] {
    return this.#all('claims').filter((record) => record.kind === 'claim');
  }

  /** In the order of their tickets. */
  queue(): WaitingRecord[] {
    const waiting = this.#all('waiting').filter((record) => record.kind === 'waiting');
    return waiting.sort((a, b) => a.ticket - b.ticket);
  }

  /** `ada: src/a.ts, src/b.ts`, sorted. */
  held(): string[] {
    return this.claims()
      .map(({ agent, paths }) => `${agent}: ${paths.join(', ')}`)
      .sort();
  }

  claim(id: string): ClaimRecord | undefined {
    const record = this.records.get(`claims/${id}`);
    return record?.kind === 'claim' ? record : undefined;
  }

  agent(name: string): AgentRecord | undefined {
    const record = this.records.get(agentPath(name));
    return record?.kind === 'agent' ? record : undefined;
  }

  message(id: string): MessageRecord | undefined {
    const record = this.records.get(`messages/${id}`);
    return record?.kind === 'message' ? record : undefined;
  }

  receipt(id: string): ReceiptRecord | undefined {
    const record = this.records.get(`receipts/${id}`);
    return record?.kind === 'receipt' ? record : undefined;
  }

  /** What `peek` would show. */
  unread(name: string): MessageRecord[] {
    return this.#loading(this.#view, () => unreadOf(new Draft(this.#view), name));
  }

  /** Subjects of the notices that wait for an agent. */
  notices(name: string): string[] {
    const notices = this.unread(name).filter(({ purpose }) => purpose === 'notice');
    return notices.map(({ subject }) => subject ?? '');
  }

  #all(folder: string): AnyRecord[] {
    return [...this.records].filter(([path]) => folderOf(path) === folder).map(([, record]) => record);
  }

  #answer<T>(actor: Actor, rule: Rule<T>, view: View) {
    return this.#loading(view, () => {
      let idsDrawn = this.#idsDrawn;
      const newId = () => {
        idsDrawn += 1;
        return formatId(this.nowMs, chanceOf(idsDrawn));
      };
      const draft = new Draft(view);
      const decision = rule(draft, { ...this.#knowledge(actor, view), newId });
      return { decision, edits: draft.edits(), idsDrawn };
    });
  }

  /** As the store gathers it: evidence on claims of the own host, and sights, for what is over by the own clock. */
  #knowledge(actor: Actor, view: View): Omit<Context, 'newId'> {
    const nowMs = this.nowOf(actor.host);
    const now = instantOf(nowMs);
    const over = view.claimsOver(now);
    const ofHost = over.filter(({ host }) => host === actor.host);
    return {
      nowMs,
      now,
      actor,
      policy: this.policy,
      processState: this.processState,
      evidence: new Map(ofHost.map((claim) => [claim.id, this.#evidenceOn(claim)])),
      seenSinceMs: (id, expires) =>
        over.some((claim) => claim.id === id) ? this.#seenMs.get(`${actor.host} ${id} ${expires}`) : undefined,
    };
  }

  #evidenceOn({ agent }: ClaimRecord): Evidence {
    if (this.#actors.get(agent)?.process === undefined) return { process: 'unknown', changes: 'unknown' };
    if (!this.dead.has(agent)) return { process: 'alive', changes: 'unknown' };
    return { process: 'dead', changes: this.changed.has(agent) ? 'some' : 'none' };
  }

  #loading<T>(view: View, question: () => T): T {
    for (let loads = 0; loads < loadsMax; loads += 1) {
      try {
        return question();
      } catch (thrown) {
        if (!(thrown instanceof NotLoaded)) throw thrown;
        const { wanted } = thrown;
        if ('path' in wanted) view.loadRecord(wanted.path, this.records.get(wanted.path));
        else view.loadFolder(wanted.folder, this.#folder(wanted.folder));
      }
    }
    throw new Error('a decision never had all that it reached for');
  }

  #folder(folder: string): Map<string, AnyRecord> {
    const inside = [...this.records].filter(([path]) => folderOf(path) === folder);
    return new Map(inside.map(([path, record]) => [path.slice(folder.length + 1), record]));
  }

  #commit({ path, record }: Edit): void {
    const read = record === null ? undefined : readBack(path, record);
    expect(read).toEqual(record ?? undefined);
    this.put(path, read);
  }
}

/** The edits of one transaction are written together: their order tells nothing. */
function byPath<T extends { readonly edits: readonly Edit[] }>(answer: T): T {
  return { ...answer, edits: [...answer.edits].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** Ids of one instant sort in the order in which they were drawn, so that a test can tell which came first. */
function chanceOf(count: number): Uint8Array {
  return Uint8Array.from({ length: 7 }, (_, n) => Math.floor(count / 32 ** (6 - n)) % 32);
}

/** The result of a decision that must not be refused. */
export function accepted<T>(decision: Decision<T>): T {
  if (!decision.ok) throw new Error(`refused, ${decision.refusal.code}: ${decision.refusal.message}`);
  return decision.result;
}

export function refusal(decision: Decision<unknown>): Refusal {
  if (decision.ok) throw new Error(`accepted: ${decision.headline.op} ${decision.headline.subject}`);
  return decision.refusal;
}

/** As the store reads what it wrote: long texts of attachments are files of their own. */
function readBack(path: string, record: LiveRecord): AnyRecord {
  if (record.kind !== 'message') return decodeRecord(path, encodeRecord(record));
  const read = decodeRecord(path, encodeRecord(withoutLongTexts(record)));
  return read.kind === 'message' && record.attachments ? { ...read, attachments: record.attachments } : read;
}
