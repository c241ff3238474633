/** What several clones are going to do, and the faults meanwhile: drawn once from a seed, as data, so that it can be made smaller. */
import { Random } from '../simulation/random.ts';

export type Happening =
  | { readonly member: number; readonly do: 'claim'; readonly path: string; readonly mode: 'shared' | 'exclusive' }
  | { readonly member: number; readonly do: 'release' | 'send' | 'sync' }
  | { readonly afterMs: number; readonly do: 'kill'; readonly victim: number }
  | { readonly afterMs: number; readonly do: 'cut'; readonly forMs: number };

export type Act = Extract<Happening, { readonly member: number }>;
export type Fault = Extract<Happening, { readonly afterMs: number }>;

export interface Plan {
  readonly seed: number;
  readonly happenings: readonly Happening[];
}

const paths = ['src/a.ts', 'src/b.ts', 'src/*.ts', 'doc/**', 'doc/c.md'];

/** A member acts when it has the answer to its act before; a fault comes so long after the one before. */
export function drawPlan(seed: number, { members, acts }: { readonly members: number; readonly acts: number }): Plan {
  const random = new Random(seed);
  const happenings: Happening[] = [];
  for (let n = 0; n < acts; n++) {
    for (let member = 0; member < members; member++) happenings.push(drawAct(random, member));
    happenings.push(drawFault(random, members));
  }
  return { seed, happenings };
}

function drawAct(random: Random, member: number): Act {
  const what = random.of(['send', 'sync', 'release', 'release', 'claim', 'claim'] as const);
  if (what !== 'claim') return { member, do: what };
  return { member, do: what, path: random.of(paths), mode: random.happens(0.25) ? 'shared' : 'exclusive' };
}

function drawFault(random: Random, members: number): Fault {
  const afterMs = 200 + random.below(800);
  if (random.happens(0.5)) return { afterMs, do: 'cut', forMs: random.below(1_500) };
  return { afterMs, do: 'kill', victim: random.below(members) };
}
