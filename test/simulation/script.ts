/** What is going to happen in a run: drawn once from a seed, as data, so that a failing run can be made smaller. */
import { Random } from './random.ts';

export interface Scale {
  readonly clones: number;
  readonly agents: number;
  readonly acts: number;
  readonly faults: number;
  /** Over so much time. */
  readonly seconds: number;
  /** Fewer paths are more rivals. */
  readonly folders: number;
}

export type Happening = { readonly atMs: number } & (
  | {
      readonly do: 'claim';
      readonly agent: number;
      readonly path: string;
      readonly seconds: number;
      readonly waits: boolean;
      readonly isShared: boolean;
    }
  | { readonly do: 'take' | 'renew' | 'release' | 'ack' | 'die'; readonly agent: number }
  | { readonly do: 'send' | 'handoff'; readonly agent: number; readonly to: number }
  | { readonly do: 'cut'; readonly clone: number; readonly seconds: number }
  | { readonly do: 'crash'; readonly clone: number }
  /** Somebody puts the remote's branch back by so many commits, or deletes it. */
  | { readonly do: 'rewind'; readonly commits: number }
  | { readonly do: 'delete' }
);

export interface Script {
  readonly seed: number;
  readonly scale: Scale;
  readonly happenings: readonly Happening[];
}

export function drawScript(seed: number, scale: Scale): Script {
  const random = new Random(seed);
  const happenings: Happening[] = [];
  for (let n = 0; n < scale.acts; n += 1) happenings.push(drawAct(random, scale));
  for (let n = 0; n < scale.faults; n += 1) happenings.push(drawFault(random, scale));
  return { seed, scale, happenings: happenings.sort((a, b) => a.atMs - b.atMs) };
}

function drawAct(random: Random, { agents, seconds, folders }: Scale): Happening {
  const atMs = random.below(seconds * 1000);
  const agent = random.below(agents);
  const what = random.next();
  if (what < 0.4) {
    const waits = random.happens(0.3);
    const isShared = random.happens(0.2);
    return {
      atMs,
      do: 'claim',
      agent,
      path: drawPath(random, folders),
      seconds: random.of([30, 600, 3600]),
      waits,
      isShared,
    };
  }
  if (what < 0.85) return { atMs, do: random.of(['take', 'renew', 'release', 'release', 'ack'] as const), agent };
  if (what < 0.99) return { atMs, do: random.happens(0.9) ? 'send' : 'handoff', agent, to: random.below(agents) };
  return { atMs, do: 'die', agent };
}

function drawPath(random: Random, folders: number): string {
  const folder = `src/f${random.below(folders)}`;
  return random.of([folder, `${folder}/a.ts`, `${folder}/b.ts`, `${folder}/*.ts`, `${folder}/**/a.ts`]);
}

function drawFault(random: Random, { clones, seconds }: Scale): Happening {
  const atMs = random.below(seconds * 1000);
  const what = random.next();
  const clone = random.below(clones);
  if (what < 0.55) return { atMs, do: 'cut', clone, seconds: random.of([0.2, 1, 5, 30, 200]) };
  if (what < 0.96) return { atMs, do: 'crash', clone };
  return what < 0.99 ? { atMs, do: 'rewind', commits: 1 + random.below(20) } : { atMs, do: 'delete' };
}
