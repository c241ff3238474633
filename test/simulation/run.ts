/** Runs a script on a team of clones, lets everything come to rest, and answers what happened. */
import type { Answer, History } from '../linearizable/history.ts';
import { Checkout, Commits, rootTip } from './commits.ts';
import { Host } from './host.ts';
import { Random } from './random.ts';
import { RemoteBranch } from './remote.ts';
import { Scheduler } from './scheduler.ts';
import type { Script } from './script.ts';

export interface Outcome {
  readonly history: History;
  /** Hosts whose clone is not where the authority is when all has come to rest. */
  readonly apart: readonly string[];
}

export interface Break {
  /** Commits are copied where they should be decided again. */
  readonly isBlind?: boolean;
}

export async function run(script: Script, { isBlind = false }: Break = {}): Promise<Outcome> {
  const { seed, scale, happenings } = script;
  const random = new Random(seed);
  const scheduler = new Scheduler();
  const commits = new Commits();
  const authority = new RemoteBranch(commits, scheduler);
  const answers: Answer[] = [];
  const world = { commits, checkout: new Checkout(commits), isBlind, scheduler, authority, answers };
  const hosts = Array.from({ length: scale.clones }, (_, n) => new Host(n, seed, drawSkewMs(random), world));
  const hostOf = (agent: number) => hosts[agent % hosts.length] as Host;
  // Some agents of different clones want one name.
  const agentOf = (agent: number) => ({ uid: `u-${agent}`, wanted: `fox-${agent % Math.ceil(scale.agents * 0.9)}` });

  for (const happening of happenings) {
    scheduler.at(happening.atMs, () => {
      switch (happening.do) {
        case 'cut':
          hosts[happening.clone % hosts.length]?.cut(happening.seconds);
          return;
        case 'crash':
          hosts[happening.clone % hosts.length]?.crash();
          return;
        case 'rewind':
          authority.putBack(back(commits, authority, happening.commits));
          return;
        case 'delete':
          authority.putBack(null);
          return;
        default: {
          const to = 'to' in happening ? happening.to : happening.agent;
          hostOf(happening.agent).act(happening, agentOf(happening.agent), agentOf(to));
        }
      }
    });
  }
  await scheduler.run();
  for (const host of hosts) host.mend();
  for (let round = 0; round < 2; round += 1) {
    for (const host of hosts) void host.exchange(false);
    await scheduler.run();
  }
  // One after the other, so that nobody is overtaken: what is still apart then will never meet.
  for (const host of [...hosts, ...hosts]) {
    void host.exchange(false);
    await scheduler.run();
  }
  const apart = hosts.filter(({ clone }) => clone.now !== (authority.tip ?? rootTip)).map(({ clone }) => clone.host);
  return { history: { authority: authority.moves, answers }, apart };
}

/** Most clocks are right, some are minutes off, and a few are hours off. */
function drawSkewMs(random: Random): number {
  const sign = random.happens(0.5) ? 1 : -1;
  const what = random.next();
  if (what < 0.7) return sign * random.below(500);
  return what < 0.9 ? sign * random.below(100_000) : sign * random.below(6 * 3_600_000);
}

function back(commits: Commits, { tip }: RemoteBranch, count: number): string | null {
  let at = tip;
  for (let n = 0; n < count && at !== null && at !== rootTip; n += 1) at = commits.get(at).parent;
  return at;
}
