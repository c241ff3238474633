/** The store and the operations, for a git hook whose question the projection does not answer. */

import type { Verdict } from '../domain/claim/verdict.ts';
import { asFile } from '../domain/pattern/resource.ts';
import type { GivenBack } from '../hooks/world.ts';
import type { tellChanged } from '../operations/changed.ts';
import type { claimsOn, giveBack, wereGivenBack } from '../operations/give-back.ts';
import type { Session } from '../operations/session.ts';
import type { HookPlace } from '../store/git/hook-git.ts';
import { loadCached } from './code-cache.ts';

declare const __dirname: string;

interface WholeProgram {
  openSession(
    where: HookPlace & { agent: string | undefined; commandFile: undefined; leavesNothing: true },
  ): Promise<Session>;
  readonly checkEdit: { run(input: { paths: string[] }, session: Session): Promise<{ value?: Verdict }> };
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
    verdictOn: async (paths: readonly string[]): Promise<Verdict> => {
      const { value } = await program().checkEdit.run({ paths: paths.map(asFile) }, await session());
      if (value === undefined) throw new Error('there is no verdict');
      return value;
    },
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
