/** A wait of ten minutes that is over within the patience of a test: nobody sleeps past his turn. */
import { expect, test } from 'vitest';
import { type Intercom, openIntercom } from '../../src/index.ts';
import { doneBy, Place } from './place.ts';

async function agentsIn({ dir }: Place, ...names: readonly string[]): Promise<Intercom[]> {
  const opened = names.map((agent) => openIntercom({ dir, agent, uid: `uid-${agent}`, lifetime: 'none' }));
  return Promise.all(opened);
}

/** That so many stand in line, as the branch has it. */
async function untilWaiting(intercom: Intercom, count: number): Promise<void> {
  for (;;) {
    const { waiting } = doneBy(await intercom.claims({}));
    if (waiting.length === count) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('a waiter has the path when the holder has made its lease shorter', async () => {
  const [ann, bob] = (await agentsIn(new Place(), 'ann', 'bob')) as [Intercom, Intercom];
  doneBy(await ann.claim({ paths: ['f'], leaseSeconds: 3600 }));
  const waited = bob.claim({ paths: ['f'], waitSeconds: 600 });
  await untilWaiting(ann, 1);
  doneBy(await ann.renew({ references: ['f'], leaseSeconds: 1 }));
  expect(doneBy(await waited).claim).toMatchObject({ agent: 'bob', paths: ['f'] });
  await Promise.all([ann, bob].map((each) => each.close()));
});

test('a waiter has the path when the lease of the one before it is over, who had it in between', async () => {
  const [ann, bob, cid] = (await agentsIn(new Place(), 'ann', 'bob', 'cid')) as [Intercom, Intercom, Intercom];
  doneBy(await ann.claim({ paths: ['f'], leaseSeconds: 3600 }));
  const first = bob.claim({ paths: ['f'], waitSeconds: 600, leaseSeconds: 1 });
  await untilWaiting(ann, 1);
  const second = cid.claim({ paths: ['f'], waitSeconds: 600 });
  await untilWaiting(ann, 2);
  doneBy(await ann.release({ all: true }));
  doneBy(await first);
  expect(doneBy(await second).claim).toMatchObject({ agent: 'cid', paths: ['f'] });
  await Promise.all([ann, bob, cid].map((each) => each.close()));
});

test('a waiter that is handed the path has it, and the place leads to the claim later on, too', async () => {
  const [ann, bob] = (await agentsIn(new Place(), 'ann', 'bob')) as [Intercom, Intercom];
  doneBy(await ann.claim({ paths: ['f'], leaseSeconds: 3600 }));
  const waited = bob.claim({ paths: ['f'], waitSeconds: 600 });
  await untilWaiting(ann, 1);
  const { waiting } = doneBy(await ann.claims({}));
  doneBy(await ann.handoff({ to: 'bob', references: [] }));
  const { claim } = doneBy(await waited);
  expect(claim).toMatchObject({ agent: 'bob', paths: ['f'] });
  expect(doneBy(await bob.claim({ paths: [], id: waiting[0]?.id })).claim.id).toBe(claim.id);
  expect(doneBy(await ann.claims({}))).toMatchObject({ claims: [{ id: claim.id }], waiting: [] });
  await Promise.all([ann, bob].map((each) => each.close()));
});
