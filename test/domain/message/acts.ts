/** What agents do with messages, by name and in one line each. */
import type { Decision } from '../../../src/domain/decision.ts';
import { type Acknowledged, decideAcknowledge } from '../../../src/domain/message/acknowledge.ts';
import { mark } from '../../../src/domain/message/receipt.ts';
import { decideReply, type ReplyIntent } from '../../../src/domain/message/reply.ts';
import { decideSend, type SendIntent } from '../../../src/domain/message/send.ts';
import type { MessageRecord } from '../../../src/domain/record/record.ts';
import { decideTidying } from '../../../src/domain/tidy.ts';
import { accepted, type World } from '../world.ts';

type Names = string | readonly string[];
type Rest = Partial<Omit<SendIntent, 'to' | 'text'>>;

export function send(world: World, name: string, to: Names, text: string, rest: Rest = {}) {
  const intent = { to: listOf(to), text, ...rest };
  return world.decide(name, (draft, context) => decideSend(draft, intent, context));
}

/** A message that must be accepted. */
export function sent(world: World, name: string, to: Names, text: string, rest: Rest = {}): MessageRecord {
  return accepted(send(world, name, to, text, rest)).message;
}

export function reply(world: World, name: string, text: string, rest: Partial<ReplyIntent> = {}) {
  return world.decide(name, (draft, context) => decideReply(draft, { text, ...rest }, context));
}

export function ack(world: World, name: string, what: Names): Decision<Acknowledged> {
  const references = what === 'all' ? 'all' : listOf(what);
  return world.decide(name, (draft, context) => decideAcknowledge(draft, { references }, context));
}

/** Says that what these asked for is done. */
export function done(world: World, name: string, what: Names): Decision<Acknowledged> {
  const references = what === 'all' ? 'all' : listOf(what);
  return world.decide(name, (draft, context) => decideAcknowledge(draft, { references, done: true }, context));
}

export function tidy(world: World, name = 'tidier') {
  return world.decide(name, (draft, context) => decideTidying(draft, {}, context));
}

/** Notes that a message was put before its reader, as the local journal does with the reader's next commit. */
export function deliver(world: World, name: string, { id }: Pick<MessageRecord, 'id'>): void {
  const decision = world.decide(name, (draft, context) => {
    const message = world.message(id);
    if (message !== undefined) mark(draft, message, name, 'delivered', context.now, context);
    return { ok: true, result: undefined, headline: { op: 'test', subject: '', ids: [] } };
  });
  accepted(decision);
}

function listOf(names: Names): readonly string[] {
  return typeof names === 'string' ? [names] : names;
}
