/** The store and the operations, for a git hook whose question the projection does not answer. */
import type { Verdict } from './domain/claim/verdict.ts';
import type { GivenBack } from './hooks/world.ts';
import type { tellChanged } from './operations/changed.ts';
import type { claimsOn, giveBack, wereGivenBack } from './operations/give-back.ts';
import type { Session } from './operations/session.ts';
import type { HookPlace } from './store/git/hook-git.ts';

declare function require(path: './main.cjs'): WholeProgram;

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
  let opened: Promise<Session> | undefined;
  const session = () => {
    opened ??= require('./main.cjs').openSession({ ...place, agent, commandFile: undefined, leavesNothing: true });
    return opened;
  };
  return {
    session,
    close: async () => (await opened)?.store.close(),
    verdictOn: async (paths: readonly string[]): Promise<Verdict> => {
      const { value } = await require('./main.cjs').checkEdit.run({ paths: [...paths] }, await session());
      if (value === undefined) throw new Error('there is no verdict');
      return value;
    },
    claimsOn: async (paths: readonly string[]) => require('./main.cjs').claimsOn(paths, await session()),
    wereGivenBack: async (ids: readonly string[]) => require('./main.cjs').wereGivenBack(ids, await session()),
    tellChanged: async (paths: readonly string[]) => {
      const answer = await require('./main.cjs').tellChanged({ paths }, await session());
      return answer.status === 'done' ? answer.value.told : [];
    },
    giveBack: async (meant: GivenBack) => {
      const answer = await require('./main.cjs').giveBack(meant, await session());
      if (answer.status === 'refused') throw new Error(answer.refusal.message);
      return answer.status === 'done' ? answer.value.claims : [];
    },
  };
}
