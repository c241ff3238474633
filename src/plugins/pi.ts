/**
 * git-intercom in pi. Written by "git intercom init", taken away by "git intercom remove".
 *
 * Before a tool edits a file or runs a command, the guard is asked whether somebody else holds it; mail for the agent is
 * put into what it hears anyway, and begins a turn when it is idle. The agent itself uses the command: pi before 0.99
 * has no MCP. Where the program is gone or fails, everything goes through, and one line says so, once.
 */
import type { ChildProcess } from 'node:child_process';
import { type Answer, guardOf } from './guard.ts';
import { watchMail } from './mail-watch.ts';
import { Waking } from './waking.ts';

const edits = new Set(['edit', 'write']);
const shells = new Set(['bash', 'powershell']);

/** What is used of pi's own, as of 0.87. */
interface Context {
  readonly cwd: string;
  readonly hasUI: boolean;
  readonly ui: { notify(message: string, kind: 'warning'): void };
  readonly sessionManager: { getSessionId(): string };
  isIdle(): boolean;
}

interface Tool {
  readonly toolName: string;
  readonly input: Record<string, unknown>;
}

interface Pi {
  on<Event>(name: string, handle: (event: Event, context: Context) => unknown): void;
  sendMessage(message: object, how: { readonly triggerTurn: true }): void;
}

// biome-ignore lint/style/noDefaultExport: pi loads the default export
export default function intercom(pi: Pi): void {
  let context: Context;
  let watch: ChildProcess | undefined;
  let shellBegan = 0;
  let isWelcome = false;
  const guard = guardOf('pi', (failure) => {
    if (context.hasUI) context.ui.notify(failure, 'warning');
    else console.error(failure);
  });
  let waking = newWaking();

  pi.on('session_start', (_event, ctx) => {
    context = ctx;
    isWelcome = false;
    waking.end();
    const mine = newWaking();
    waking = mine;
    // So that "git intercom" in a command is this agent, and not the person.
    process.env.PI_SESSION_ID = sessionId();
    watch?.stdin?.end();
    watch = watchMail({
      cwd: context.cwd,
      env: process.env,
      hear: (isForYou) => isForYou && mine === waking && mine.noteMail(),
    });
  });

  pi.on('before_agent_start', async (_event, ctx) => {
    context = ctx;
    if (waking.isBeginning) return undefined;
    waking.noteTurn();
    const answer = await ask(isWelcome ? 'before_agent_start' : 'session_start');
    isWelcome = true;
    const text = waking.told(answer.context);
    return text === undefined ? undefined : { message: messageOf(text) };
  });

  // A turn of ours comes by here alone.
  pi.on('agent_start', () => {
    if (waking.isBeginning) waking.noteTurn();
  });

  pi.on('tool_call', async ({ toolName: tool, input }: Tool) => {
    // One server may serve several sessions: each call says whose it is.
    if (/^(?:mcp__)?intercom[_-]/.test(tool)) input._session = sessionId();
    if (!edits.has(tool) && !shells.has(tool)) return undefined;
    shellBegan = Date.now();
    const { refuse, reason } = await ask('tool_call', { tool, args: input });
    return refuse ? { block: true, reason } : undefined;
  });

  pi.on('tool_result', async ({ toolName: tool, input, content }: Tool & { readonly content: readonly object[] }) => {
    if (!shells.has(tool) && !waking.hasMail) return undefined;
    const answer = await ask('tool_result', { tool, args: input, lasted_ms: Date.now() - shellBegan });
    const text = waking.told(answer.context);
    return text === undefined ? undefined : { content: [...content, { type: 'text', text }] };
  });

  pi.on('agent_end', () => waking.noteTurnEnd());

  pi.on('session_shutdown', async () => {
    waking.end();
    watch?.stdin?.end();
    watch = undefined;
    await ask('session_shutdown');
  });

  function newWaking(): Waking {
    return new Waking({
      isIdle: () => context.isIdle(),
      unread: async () => (await ask('agent_end', { going_on: false })).goOn,
      beginTurn: (text) => pi.sendMessage(messageOf(text), { triggerTurn: true }),
    });
  }

  function sessionId(): string {
    return context.sessionManager.getSessionId();
  }

  function messageOf(text: string) {
    return { customType: 'intercom', content: text, display: true };
  }

  function ask(event: string, said: object = {}): Promise<Answer> {
    if (event !== 'tool_call') waking.noteAsked();
    return guard(event, { session_id: sessionId(), cwd: context.cwd, ...said });
  }
}
