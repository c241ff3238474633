/** The store and the operations, for a git hook whose question the projection does not answer. */

import type { GivenBack } from '../hooks/world.ts';
import type { tellChanged } from '../operations/changed.ts';
import type { verdictOnNames } from '../operations/check-edit.ts';
import type { claimsOn, giveBack, wereGivenBack } from '../operations/give-back.ts';
import type { Session } from '../operations/session.ts';
import type { HookPlace } from '../store/git/hook-git.ts';
import { loadCached } from './code-cache.ts';

declare const __dirname: string;

interface WholeProgram {
  openSession(
    where: HookPlace & { agent: string | undefined; commandFile: undefined; leavesNothing: true },
  ): Promise<Session>;
  readonly verdictOnNames: typeof verdictOnNames;
  readonly claimsOn: typeof claimsOn;
  readonly giveBack: typeof giveBack;
  readonly tellChanged: typeof tellChanged;
  readonly wereGivenBack: typeof wereGivenBack;
}

/** The whole program, loaded and opened by the first question that needs it. */
export function onDemand(place: HookPlace, agent: string | undefined) {
  const program = () => loadCached(`${__dirname}/main.cjs`, place.env) as WholeProgram;
  let opened: Promise<Session> | undefined;
  const session = () => {
    opened ??= program().openSession({ ...place, agent, commandFile: undefined, leavesNothing: true });
    return opened;
  };
  return {
    session,
    close: async () => (await opened)?.store.close(),
    verdictOn: async (paths: readonly string[]) => program().verdictOnNames(paths, await session()),
    claimsOn: async (paths: readonly string[]) => program().claimsOn(paths, await session()),
    wereGivenBack: async (ids: readonly string[]) => program().wereGivenBack(ids, await session()),
    tellChanged: async (paths: readonly string[]) => {
      const answer = await program().tellChanged({ paths }, await session());
      return answer.status === 'done' ? answer.value.told : [];
    },
    giveBack: async (meant: GivenBack) => {
      const answer = await program().giveBack(meant, await session());
      if (answer.status === 'refused') throw new Error(answer.refusal.message);
      return answer.status === 'done' ? answer.value.claims : [];
    },
  };
}
