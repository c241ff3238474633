/**
 * git-intercom in OpenCode. Written by "git intercom init", taken away by "git intercom remove".
 *
 * Before a tool edits a file or runs a command, the guard is asked whether somebody else holds it; mail for the agent is
 * put into what it hears anyway, and begins a turn when it is idle. Sessions of subagents are their parent's.
 * Where the program is gone or fails, everything goes through, and one line says so, once.
 */
import type { ChildProcess } from 'node:child_process';
import { type Answer, guardOf } from './guard.ts';
import { watchMail } from './mail-watch.ts';
import { Waking } from './waking.ts';

const edits = new Set(['edit', 'write', 'patch', 'apply_patch', 'multiedit']);
const shells = new Set(['bash']);
/** To the shell around a watch: another watch takes its place, and nobody is over by that. */
const goesOn = 'goes on';
/** Commands that serve many sessions at a time. Elsewhere the person sees one, and has left those before. */
const servers = new Set(['serve', 'web', 'acp']);
/** Of many sessions, as many as are woken: those used last. */
const awakeMax = 8;

/**
 * Ends the watch when its stdin does, in which the sessions stand, one a line. Where nothing else was said before that end,
 * this process is gone, which no event tells: then they are over. `$0` is the launcher.
 */
const over = `printf %s "$one" | "$0" hook opencode session.deleted > /dev/null`;
const untilGone = `"$0" watch --json & said=$(cat); kill $!
case $said in *'${goesOn}') ;; *) printf '%s\\n' "$said" | while IFS= read -r one; do ${over}; done ;; esac`;

/** What is used of OpenCode's own, as of 1.18. */
interface Client {
  readonly session: {
    get(of: object): Promise<{ readonly data?: { readonly parentID?: string; readonly directory?: string } }>;
    promptAsync(prompt: object): Promise<unknown>;
  };
  readonly app: { log(entry: object): Promise<unknown> };
  readonly tui: { showToast(toast: object): Promise<unknown> };
}

interface Call {
  readonly tool: string;
  readonly sessionID: string;
  readonly args?: unknown;
}

interface Session {
  readonly id: string;
  readonly cwd: string;
  readonly waking: Waking;
  isIdle: boolean;
  isWelcome: boolean;
  shellBegan: number | undefined;
}

interface Watched {
  readonly session: Session;
  readonly child: ChildProcess;
  /** The session is one of this process. */
  readonly knows: (one: Session) => void;
}

export async function Intercom({ client, directory }: { readonly client: Client; readonly directory: string }) {
  /** By id: who a session is. A subagent's is its parent's. */
  const roots = new Map<string, Session>();
  const isServer = process.argv.some((word) => servers.has(word));
  /** Sessions that had a prompt here, the one used last at the end. */
  const begun = new Set<Session>();
  /** One process tells of mail, for a watch takes as much memory as all the rest. It is one session's. */
  let watched: Watched | undefined;
  const guard = guardOf('opencode', (message) => {
    client.app.log({ body: { service: 'intercom', level: 'warn', message } }).catch(() => undefined);
    client.tui.showToast({ body: { message, variant: 'warning' } }).catch(() => undefined);
  });

  return {
    'chat.message': async (
      { sessionID }: { readonly sessionID: string },
      output: { readonly message: { readonly id: string }; readonly parts: object[] },
    ) => {
      const session = await sessionOf(sessionID);
      if (session.id !== sessionID) return;
      session.isIdle = false;
      begun.delete(session);
      begun.add(session);
      if (watched === undefined || !isServer) watchFor(session);
      watched?.knows(session);
      if (session.waking.noteTurn()) return;
      const event = session.isWelcome ? 'chat.message' : 'session.created';
      session.isWelcome = true;
      const { context } = await ask(event, session);
      const text = session.waking.told(context);
      const { id: messageID } = output.message;
      const id = `prt_${Date.now().toString(16)}intercom`;
      if (text !== undefined) output.parts.push({ id, sessionID, messageID, type: 'text', text, synthetic: true });
    },

    'tool.execute.before': async ({ tool, sessionID }: Call, output: { readonly args: Record<string, unknown> }) => {
      const session = await sessionOf(sessionID);
      // One server serves all sessions of this process: each call says whose it is.
      if (tool.startsWith('intercom_')) output.args._session = session.id;
      if (!edits.has(tool) && !shells.has(tool)) return;
      session.shellBegan = Date.now();
      const { refuse, reason } = await ask('tool.execute.before', session, { tool, args: output.args });
      if (refuse) throw new Error(reason);
    },

    'tool.execute.after': async ({ tool, sessionID, args }: Call, output: { output?: string }) => {
      const session = await sessionOf(sessionID);
      if (!shells.has(tool) && !session.waking.hasMail) return;
      const lasted_ms = Date.now() - (session.shellBegan ?? Date.now());
      const { context } = await ask('tool.execute.after', session, { tool, args, lasted_ms });
      const text = session.waking.told(context);
      if (text !== undefined) output.output = `${output.output ?? ''}\n\n${text}`;
    },

    // So that "git intercom" in a command is this agent, and not the person.
    'shell.env': async (
      { sessionID }: { readonly sessionID?: string },
      output: { readonly env: Record<string, string> },
    ) => {
      if (sessionID) output.env.OPENCODE_SESSION_ID = (await sessionOf(sessionID)).id;
    },

    event: async ({
      event: { type, properties },
    }: {
      readonly event: {
        readonly type: string;
        readonly properties: { readonly sessionID?: string; readonly info?: { readonly id: string } };
      };
    }) => {
      const id = type === 'session.idle' ? properties.sessionID : properties.info?.id;
      if (id === undefined) return;
      if (type === 'session.idle') {
        const session = roots.get(id);
        if (session?.id !== id) return;
        session.isIdle = true;
        session.waking.noteTurnEnd();
      }
      if (type === 'session.deleted') {
        const session = roots.get(id);
        roots.delete(id);
        if (session?.id !== id) return;
        session.waking.end();
        begun.delete(session);
        if (watched?.session === session) watchForLast();
        await ask('session.deleted', session);
      }
    },
  };

  async function sessionOf(id: string): Promise<Session> {
    const known = roots.get(id);
    if (known) return known;
    const { data } = await client.session.get({ path: { id } }).catch(() => ({ data: undefined }));
    const session = data?.parentID ? await sessionOf(data.parentID) : sessionFor(id, data?.directory ?? directory);
    roots.set(id, session);
    return session;
  }

  function sessionFor(id: string, cwd: string): Session {
    const waking = new Waking({
      isIdle: () => session.isIdle,
      unread: async () => (await ask('session.idle', session, { going_on: false })).goOn,
      beginTurn: (text) => client.session.promptAsync({ path: { id }, body: { parts: [{ type: 'text', text }] } }),
    });
    const session: Session = { id, cwd, waking, isIdle: false, isWelcome: false, shellBegan: undefined };
    return session;
  }

  function ask(event: string, { id, cwd, waking }: Session, said: object = {}): Promise<Answer> {
    if (event !== 'tool.execute.before') waking.noteAsked();
    return guard(event, { session_id: id, cwd, ...said });
  }

  function watchForLast(): void {
    const session = [...begun].at(-1);
    if (session !== undefined) watchFor(session);
    else {
      watched?.child.stdin?.end(goesOn);
      watched = undefined;
    }
  }

  function watchFor(session: Session): void {
    if (watched?.session === session) return;
    watched?.child.stdin?.end(goesOn);
    const env = { ...process.env, OPENCODE_SESSION_ID: session.id };
    const hear = (isForYou: boolean) => noteMail(isForYou, session);
    const child = watchMail({ cwd: session.cwd, env, script: untilGone, hear });
    const known = new Set<Session>();
    const knows = (one: Session) => {
      if (known.has(one)) return;
      known.add(one);
      child.stdin?.write(`${JSON.stringify({ session_id: one.id, cwd: one.cwd })}\n`);
    };
    const mine = { session, child, knows };
    watched = mine;
    for (const one of begun) knows(one);
    const gone = () => {
      if (watched === mine) watched = undefined;
    };
    child.on('error', gone);
    child.on('close', gone);
  }

  /** A notice says whether it is for the session that is watched for. The others look themselves. */
  function noteMail(isForYou: boolean, listener: Session): void {
    for (const session of isServer ? [...begun].slice(-awakeMax) : [listener]) {
      if (session !== listener || isForYou) session.waking.noteMail();
    }
  }
}
