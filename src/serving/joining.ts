/** How the caller of a tool becomes a session: by its harness, its environment, or the name that a person gave it. */
import { harnessOfClient, isHarness } from '../harness/client-name.ts';
import { isNamedInCalls, sessionInCall, sessionInEnvironment } from '../harness/detect.ts';
import type { Environment, HarnessSession } from '../harness/session.ts';
import { identityOf, identityOfServer, identityOverHttp, parentOf, type SessionIdentity } from '../identity.ts';
import type { Joining } from '../mcp/members.ts';
import type { Caller } from '../mcp/server.ts';
import { arrive, findSelf } from '../operations/arrive.ts';
import { calledNow } from '../operations/called-now.ts';
import type { Session } from '../operations/session.ts';

interface JoiningParts {
  readonly base: () => Promise<Session>;
  /** By a person: `--agent`, or INTERCOM_AGENT. */
  readonly given: string | undefined;
  readonly env: Environment;
  /** The session that a hook named last: `/clear` begins another one in the same program. */
  readonly current?: () => string | undefined;
  /** The session of the protocol, of a client over HTTP: what started this server says nothing about it. */
  readonly httpSession?: string | undefined;
}

export function joiningWith(parts: JoiningParts): (caller: Caller) => Joining {
  const { base, given, httpSession, env } = parts;
  const known = onceEach((session) => {
    const { harness, id, pid } = session;
    // Hooks and commands of a harness would not know for which of several servers they speak.
    return id === undefined && pid === undefined && !isHarness(harness)
      ? identityOfServer(harness)
      : identityOf(session);
  });
  return ({ client, meta, input }) => {
    const harness = harnessOfClient(client?.name) ?? 'mcp';
    const named = sessionInCall(harness, meta, input);
    const session = named ?? (httpSession === undefined ? sessionNow(harness, parts) : undefined);
    const { uid, seed, process, siblings } =
      httpSession === undefined
        ? known(session ?? { harness, id: undefined, pid: undefined })
        : identityOverHttp(harness, httpSession, given === undefined ? named : undefined);
    const newcomer = async (): Promise<Session> => {
      const opened = await base();
      const parent = httpSession === undefined ? parentOf(session ?? { harness, id: undefined }, env) : undefined;
      const own = { harness, process, parent: parent === uid ? undefined : parent };
      if (given === undefined) return { ...opened, self: { ...opened.self, ...own, name: '', uid } };
      const as = opened.givenAs(given);
      const self = { ...opened.self, ...own, name: given, uid: as.uid, home: as.home };
      return calledNow({ ...opened, given: as, self });
    };
    return {
      key: given ?? uid,
      isKnown: given !== undefined || session !== undefined || !isNamedInCalls(harness),
      arrive: async () => arrive(await newcomer(), { name: given === undefined ? 'found' : 'given', seed, siblings }),
      look: async () => {
        const looking = await newcomer();
        if (given !== undefined) return looking;
        return { ...looking, self: await findSelf(looking, { seed, siblings }) };
      },
    };
  };
}

function sessionNow(harness: string, { current, env }: JoiningParts): HarnessSession | undefined {
  const known = sessionInEnvironment(env);
  const id = current?.();
  return id === undefined ? known : { harness: known?.harness ?? harness, id, pid: known?.pid };
}

/** Every call asks, and each look for the harness reads what the system says of the processes above ours. */
function onceEach(look: (session: HarnessSession) => SessionIdentity): (session: HarnessSession) => SessionIdentity {
  const bySession = new Map<string, SessionIdentity>();
  return (session) => {
    const key = JSON.stringify([session.harness, session.id]);
    const identity = bySession.get(key) ?? look(session);
    bySession.set(key, identity);
    return identity;
  };
}
