/**
 * git-intercom in OpenCode. Written by "git intercom init", taken away by "git intercom remove".
 *
 * Before a tool edits a file or runs a command, the guard is asked whether somebody else holds it; mail for the agent is
 * put into what it hears anyway, and begins a turn when it is idle. Sessions of subagents are their parent's.
 * Where the program is gone or fails, everything goes through, and one line says so, once.
 */
import { spawn } from 'node:child_process';

const launcher = '@LAUNCHER@';
const answerMsMax = 5000;

const edits = new Set(['edit', 'write', 'patch', 'apply_patch', 'multiedit']);
const shells = new Set(['bash']);
/** Notices that an agent is woken for. Others it hears when it works. */
const waking = new Set(['message', 'asked', 'answered', 'offered', 'handed-over']);
/** So many turns in a row come at once that no person began; then each waits twice as long, at most a minute. */
const turnsAtOnce = 5;
/** To the shell around a watch: another watch takes its place, and nobody is over by that. */
const goesOn = 'goes on';
/** Commands that serve many sessions at a time. Elsewhere the person sees one, and has left those before. */
const servers = new Set(['serve', 'web', 'acp']);
/** Of many sessions, as many as are woken: those used last. */
const awakeMax = 8;

export const Intercom = async ({ client, directory }) => {
  /** By id: who a session is. A subagent's is its parent's. */
  const roots = new Map();
  const isServer = process.argv.some((word) => servers.has(word));
  /** Sessions that had a prompt here, the one used last at the end. */
  const begun = new Set();
  /** One process tells of mail, for a watch takes as much memory as all the rest. It is one session's. */
  let watched;
  const told = new Set();

  return {
    'chat.message': async ({ sessionID }, output) => {
      const session = await sessionOf(sessionID);
      if (session.id !== sessionID) return;
      session.isIdle = false;
      clearTimeout(session.waking);
      begun.delete(session);
      begun.add(session);
      if (watched === undefined || !isServer) watchFor(session);
      watched.knows(session);
      if (session.isOurTurn) {
        session.isOurTurn = false;
        return;
      }
      session.turnsOfOurs = 0;
      const event = session.isWelcome ? 'chat.message' : 'session.created';
      session.isWelcome = true;
      const { context } = await ask(event, session);
      const { id: messageID } = output.message;
      const id = `prt_${Date.now().toString(16)}intercom`;
      if (context) output.parts.push({ id, sessionID, messageID, type: 'text', text: context, synthetic: true });
    },

    'tool.execute.before': async ({ tool, sessionID }, output) => {
      const session = await sessionOf(sessionID);
      // One server serves all sessions of this process: each call says whose it is.
      if (tool.startsWith('intercom_')) output.args._session = session.id;
      if (!edits.has(tool) && !shells.has(tool)) return;
      session.shellBegan = Date.now();
      const { refuse, reason } = await ask('tool.execute.before', session, { tool, args: output.args });
      if (refuse) throw new Error(reason);
    },

    'tool.execute.after': async ({ tool, sessionID, args }, output) => {
      const session = await sessionOf(sessionID);
      if (!shells.has(tool) && !session.hasMail) return;
      const lasted_ms = Date.now() - (session.shellBegan ?? Date.now());
      const { context } = await ask('tool.execute.after', session, { tool, args, lasted_ms });
      if (context) output.output = `${output.output ?? ''}\n\n${context}`;
    },

    // So that "git intercom" in a command is this agent, and not the person.
    'shell.env': async ({ sessionID }, output) => {
      if (sessionID) output.env.OPENCODE_SESSION_ID = (await sessionOf(sessionID)).id;
    },

    event: async ({ event: { type, properties } }) => {
      if (type === 'session.idle') {
        const session = roots.get(properties.sessionID);
        if (session?.id !== properties.sessionID) return;
        session.isIdle = true;
        if (session.hasMail) wakeInTime(session);
      }
      if (type === 'session.deleted') {
        const session = roots.get(properties.info.id);
        roots.delete(properties.info.id);
        if (session?.id !== properties.info.id) return;
        clearTimeout(session.waking);
        begun.delete(session);
        if (watched?.session === session) watchForLast();
        await ask('session.deleted', session);
      }
    },
  };

  async function sessionOf(id) {
    const known = roots.get(id);
    if (known) return known;
    const { data } = await client.session.get({ path: { id } }).catch(() => ({}));
    const session = data?.parentID ? await sessionOf(data.parentID) : { id, cwd: data?.directory ?? directory };
    roots.set(id, session);
    return session;
  }

  /** Never rejects: resolves to what the guard answers, to nothing where it is late or gone. */
  async function ask(event, session, said = {}) {
    // What is asked now brings whatever is unread; a notice after this is of something newer.
    if (event !== 'tool.execute.before') session.hasMail = false;
    const input = { session_id: session.id, cwd: session.cwd, ...said };
    const answer = await run(['hook', 'opencode', event], session, JSON.stringify(input)).catch((error) => ({
      failure: `git-intercom cannot be asked, so nothing is held back: ${error.message}`,
    }));
    if (answer.failure) tell(answer.failure);
    return answer;
  }

  function run(words, session, input) {
    return new Promise((resolve, reject) => {
      const child = spawn(launcher, words, { cwd: session.cwd, stdio: ['pipe', 'pipe', 'ignore'] });
      const timer = setTimeout(() => child.kill(), answerMsMax);
      const out = [];
      child.on('error', reject);
      child.on('close', () => {
        clearTimeout(timer);
        try {
          resolve(out.length === 0 ? {} : JSON.parse(Buffer.concat(out).toString()));
        } catch (error) {
          reject(error);
        }
      });
      child.stdout.on('data', (bytes) => out.push(bytes));
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
    });
  }

  function watchForLast() {
    const session = [...begun].at(-1);
    if (session !== undefined) return watchFor(session);
    watched?.child.stdin.end(goesOn);
    watched = undefined;
  }

  /**
   * One line for each notice. The shell ends the watch when its stdin does, in which the sessions stand, one a line. Where
   * nothing else was said before that end, this process is gone, which no event tells: then they are over.
   */
  function watchFor(session) {
    if (watched?.session === session) return;
    watched?.child.stdin.end(goesOn);
    const over = `printf %s "$one" | "$0" hook opencode session.deleted > /dev/null`;
    const ends = `printf '%s\\n' "$said" | while IFS= read -r one; do ${over}; done`;
    const script = `"$0" watch --json & said=$(cat); kill $!; case $said in *'${goesOn}') ;; *) ${ends};; esac`;
    const env = { ...process.env, OPENCODE_SESSION_ID: session.id };
    const child = spawn('sh', ['-c', script, launcher], { cwd: session.cwd, env, stdio: ['pipe', 'pipe', 'ignore'] });
    const known = new Set();
    const knows = (one) => {
      if (known.has(one)) return;
      known.add(one);
      child.stdin.write(`${JSON.stringify({ session_id: one.id, cwd: one.cwd })}\n`);
    };
    const mine = { session, child, knows };
    watched = mine;
    let rest = '';
    child.stdin.on('error', () => undefined);
    for (const one of begun) knows(one);
    child.stdout.on('data', (bytes) => {
      const lines = (rest + bytes).split('\n');
      rest = lines.pop();
      for (const line of lines) hear(line, session);
    });
    const gone = () => {
      if (watched === mine) watched = undefined;
    };
    child.on('error', gone);
    child.on('close', gone);
    child.unref();
  }

  /** A notice says whether it is for the session that is watched for. The others look themselves. */
  function hear(line, listener) {
    const { forYou, kind } = JSON.parse(line);
    if (!waking.has(kind)) return;
    for (const session of isServer ? [...begun].slice(-awakeMax) : [listener]) {
      if (session === listener && !forYou) continue;
      session.hasMail = true;
      if (session.isIdle) wakeInTime(session);
    }
  }

  /** Two agents that answer each other without end are slowed down; a person's word begins anew. */
  function wakeInTime(session) {
    session.turnsOfOurs ??= 0;
    const waits = session.turnsOfOurs < turnsAtOnce ? 0 : Math.min(2 ** (session.turnsOfOurs - turnsAtOnce), 60);
    clearTimeout(session.waking);
    session.waking = setTimeout(() => wake(session), waits * 1000);
  }

  async function wake(session) {
    if (!session.isIdle || session.isOurTurn) return;
    session.isOurTurn = true;
    const { goOn } = await ask('session.idle', session, { going_on: false });
    if (!goOn || !session.isIdle) {
      session.isOurTurn = false;
      // It came while the guard was asked, which may not have seen it.
      if (session.hasMail) wakeInTime(session);
      return;
    }
    session.turnsOfOurs += 1;
    const body = { parts: [{ type: 'text', text: goOn }] };
    await client.session.promptAsync({ path: { id: session.id }, body }).catch(() => {
      session.isOurTurn = false;
    });
  }

  function tell(message) {
    if (told.has(message)) return;
    told.add(message);
    client.app.log({ body: { service: 'intercom', level: 'warn', message } }).catch(() => undefined);
    client.tui.showToast({ body: { message, variant: 'warning' } }).catch(() => undefined);
  }
};
