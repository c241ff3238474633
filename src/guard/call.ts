/** What the tool `guard` of the server does, composed: the hook's session is one of the members that the server has. */
import type { GuardAnswer } from '../domain/guard/event.ts';
import type { Hook, HookEvent, HookInput } from '../harness/harness.ts';
import { harnessNamed } from '../harness/index.ts';
import { isOpen } from '../operations/is-open.ts';
import type { Session } from '../operations/session.ts';
import type { Repository } from '../store/git/locate.ts';
import { openSurroundings } from '../store/git/surroundings.ts';
import { answerHook } from './ask.ts';
import { openForHook } from './open.ts';

export interface GuardCallParts {
  /** The repository that the server was started in. */
  readonly base: () => Promise<Session>;
  /** The session that the hook names, among those that the server acts for; undefined where it cannot join. */
  readonly memberOf: (session: string | undefined) => Promise<GuardedMember | undefined>;
  /** Without the variables that would send us to another repository (`gitEnvironment`). */
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

export interface GuardedMember {
  readonly session: Session;
  readonly noteMoment: (event: HookEvent, answer: GuardAnswer) => void;
}

/** Answers in the harness's own form; `{}` where there is nothing to say. */
export async function guardCall(input: HookInput, parts: GuardCallParts): Promise<string> {
  const name = String(input.harness);
  const event = String(input.event);
  const harness = harnessNamed(name);
  const hook = harness?.read(event, nested(input));
  if (harness === undefined || hook === undefined) return '{}';
  const opened: Session[] = [];
  const { env } = parts;
  let member: GuardedMember | undefined;
  const { answer, delivered } = await answerHook(hook, {
    cwd: parts.cwd,
    env,
    sessionIn: async (repository) => {
      if (await isBase(repository, parts)) {
        member = await memberIn(hook, parts);
        return member && inWorkTree(member.session, repository);
      }
      const session = await openForHook(repository, { harness: name, hook, env });
      if (session !== undefined) opened.push(session);
      return session;
    },
  });
  delivered();
  member?.noteMoment(hook.event, answer);
  for (const { store } of opened) await store.close();
  return harness.answer(event, answer).stdout || '{}';
}

async function isBase({ commonDir }: Repository, { base }: GuardCallParts): Promise<boolean> {
  return (await base()).store.place.commonDir === commonDir;
}

async function memberIn({ session }: Hook, { base, memberOf }: GuardCallParts): Promise<GuardedMember | undefined> {
  return (await isOpen(await base())) ? memberOf(session) : undefined;
}

/** What is edited in a linked work tree is claimed there, whichever one the server was started in. */
function inWorkTree(session: Session, repository: Repository): Session {
  const { workTree, headBranch } = repository;
  if (workTree === session.store.place.workTree || workTree === null) return session;
  return {
    ...session,
    self: { ...session.self, worktree: workTree, branch: headBranch ?? undefined },
    surroundings: openSurroundings(repository, session.store.policy),
  };
}

/** The arguments of the harness's tool may come as fields of their own: its configuration can name no objects. */
function nested(input: HookInput): HookInput {
  if (typeof input.tool_input === 'object') return input;
  const { file_path, notebook_path, command, ...rest } = input;
  return { ...rest, tool_input: { file_path, notebook_path, command } };
}
