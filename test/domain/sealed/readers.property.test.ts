/** Who can read what, whatever happens in a private room, held against a list of who was in it at each message. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MessageRecord } from '../../../src/domain/record/record.ts';
import { accept, decline, invite, join, kick, leave, membersOf } from '../room/acts.ts';
import { accepted, World } from '../world.ts';
import { createPrivate, handHistory, keyed, keyNamed, readBy, sendSealed } from './acts.ts';

const names = ['ada', 'bob', 'cy', 'dee'] as const;
const acts = ['join', 'accept', 'decline', 'leave', 'kick', 'invite', 'history', 'send', 'send'] as const;
const step = fc.record({
  by: fc.constantFrom(...names),
  act: fc.constantFrom(...acts),
  to: fc.constantFrom(...names),
});

/** The rules again, in sets. */
class Reference {
  readonly members = new Set<string>(['ada']);
  /** Each with who invited it first. */
  readonly invited = new Map<string, string>();
  readonly said: { readonly message: MessageRecord; readonly readers: Set<string> }[] = [];

  comes(name: string): boolean {
    if (this.members.has(name)) return true;
    return this.invited.delete(name) && this.members.add(name).has(name);
  }

  invites(by: string, to: string): boolean {
    if (!this.members.has(by)) return false;
    if (!this.members.has(to) && !this.invited.has(to)) this.invited.set(to, by);
    return true;
  }

  /** All that the one can read, the other can from then on. */
  hands(by: string, to: string): boolean {
    if (!this.members.has(by) || !(this.members.has(to) || this.invited.has(to))) return false;
    for (const { readers } of this.said) if (readers.has(by)) readers.add(to);
    return true;
  }

  kicks(by: string, whom: string): boolean {
    if (this.members.has(whom)) return by === 'ada' && this.members.delete(whom);
    return (by === 'ada' || this.invited.get(whom) === by) && this.invited.delete(whom);
  }
}

test('a message of a private room is read by its members of that moment, and by whom they handed it to', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const world = new World();
      for (const name of names) world.actor(name, { harness: 'codex' });
      keyed(world, ...names);
      accepted(createPrivate(world, 'ada', 'nest'));
      const reference = new Reference();
      for (const { by, act, to } of steps) {
        switch (act) {
          case 'join':
            expect(join(world, by, 'nest').ok).toBe(reference.comes(by));
            break;
          case 'accept':
            expect(accept(world, by, 'nest').ok).toBe(reference.comes(by));
            break;
          case 'decline':
            expect(decline(world, by, 'nest').ok).toBe(reference.invited.delete(by));
            break;
          case 'leave':
            expect(leave(world, by, 'nest').ok).toBe(reference.members.delete(by));
            break;
          case 'kick':
            expect(kick(world, by, 'nest', to).ok).toBe(reference.kicks(by, to));
            break;
          case 'invite':
            expect(invite(world, by, 'nest', to).ok).toBe(reference.invites(by, to));
            break;
          case 'history':
            expect(handHistory(world, by, 'nest', to).ok).toBe(reference.hands(by, to));
            break;
          case 'send': {
            const sent = sendSealed(world, by, '@nest', `message ${reference.said.length}`);
            expect(sent.ok).toBe(reference.members.has(by));
            if (sent.ok) reference.said.push({ message: sent.result.message, readers: new Set(reference.members) });
          }
        }
        world.pass(1);
        expect(new Set(membersOf(world, 'nest'))).toEqual(reference.members);
        for (const { message, readers } of reference.said) {
          const able = names.filter((name) => readBy(world, keyNamed(name), message) !== undefined);
          expect(able).toEqual(names.filter((name) => readers.has(name)));
        }
      }
    }),
    { numRuns: 200 },
  );
});
