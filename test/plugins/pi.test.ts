/** src/plugins/pi.ts as it is built, with an interface as pi hands it in. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { PluginPlace } from './place.ts';

const message = (content: string) => ({ message: { customType: 'intercom', content, display: true } });

async function start(place: PluginPlace, launcher?: string) {
  const { default: intercom } = await place.load('pi/intercom.ts', launcher);
  // biome-ignore lint/suspicious/noExplicitAny: events are of pi's own form
  const handlers = new Map<string, (event: any, context: object) => any>();
  const pi = { on: handlers.set.bind(handlers), sendMessage: vi.fn() };
  const context = {
    cwd: place.repository,
    hasUI: true,
    ui: { notify: vi.fn() },
    sessionManager: { getSessionId: () => 's1' },
    isIdle: vi.fn(() => true),
  };
  intercom(pi);
  const on = (name: string, event: object = {}) => handlers.get(name)?.(event, context);
  await on('session_start', { reason: 'startup' });
  onTestFinished(async () => {
    await on('session_shutdown');
    Reflect.deleteProperty(process.env, 'PI_SESSION_ID');
  });
  return { pi, context, on };
}

test('an edit of what another holds is refused with the reason, and reading is not asked about', async () => {
  const place = new PluginPlace({ tool_call: { refuse: true, reason: 'bold-fox has it' } });
  const { on } = await start(place);
  const blocked = { block: true, reason: 'bold-fox has it' };
  expect(await on('tool_call', { toolName: 'edit', input: { path: 'a.ts' } })).toEqual(blocked);
  expect(await on('tool_call', { toolName: 'bash', input: { command: 'rm a.ts' } })).toEqual(blocked);
  expect(await on('tool_call', { toolName: 'read', input: { path: 'a.ts' } })).toBeUndefined();
  expect(place.asked()).toEqual([
    { event: 'tool_call', session_id: 's1', cwd: place.repository, tool: 'edit', args: { path: 'a.ts' } },
    { event: 'tool_call', session_id: 's1', cwd: place.repository, tool: 'bash', args: { command: 'rm a.ts' } },
  ]);
});

test('a free edit goes on as usual', async () => {
  const { on } = await start(new PluginPlace());
  expect(await on('tool_call', { toolName: 'write', input: { path: 'a.ts' } })).toBeUndefined();
});

test('the first prompt brings who is here, later ones the mail', async () => {
  const place = new PluginPlace({
    session_start: { context: 'you are here' },
    before_agent_start: { context: 'mail' },
  });
  const { on } = await start(place);
  expect(await on('before_agent_start')).toEqual(message('you are here'));
  expect(await on('before_agent_start')).toEqual(message('mail'));
});

test('what a command has changed is told with its result', async () => {
  const { on } = await start(new PluginPlace({ tool_result: { context: 'a.ts changed' } }));
  const text = (words: string) => ({ type: 'text', text: words });
  const result = { toolName: 'bash', input: { command: 'make' }, content: [text('done')] };
  expect(await on('tool_result', result)).toEqual({ content: [text('done'), text('a.ts changed')] });
  expect(await on('tool_result', { ...result, toolName: 'read' })).toBeUndefined();
});

test('commands and the watch find the session in the environment; the watch ends with the session', async () => {
  const place = new PluginPlace();
  const { on } = await start(place);
  expect(process.env.PI_SESSION_ID).toBe('s1');
  await vi.waitFor(() => expect(place.watched()).toEqual(['s1']), 10_000);
  await on('session_shutdown');
  await vi.waitFor(() => expect(place.watched()).toEqual(['s1', 'over']), 10_000);
});

test('mail wakes an idle agent, once until its turn begins', async () => {
  const place = new PluginPlace({ agent_end: { goOn: 'mail from bold-fox' } });
  const { pi, on } = await start(place);
  await vi.waitFor(() => expect(place.watched()).toEqual(['s1']), 10_000);
  place.notice({ kind: 'claimed', forYou: true });
  place.notice({ kind: 'message', forYou: true });
  await vi.waitFor(() => expect(pi.sendMessage).toHaveBeenCalled(), 10_000);
  expect(pi.sendMessage).toHaveBeenCalledWith(message('mail from bold-fox').message, { triggerTurn: true });
  place.notice({ kind: 'message', forYou: true });
  await on('agent_end');
  expect(pi.sendMessage).toHaveBeenCalledTimes(1);
  await on('agent_start');
  await vi.waitFor(async () => {
    await on('agent_end');
    expect(pi.sendMessage).toHaveBeenCalledTimes(2);
  }, 10_000);
});

test('mail waits while the agent works, and comes with the next result', async () => {
  const place = new PluginPlace({ agent_end: { goOn: 'mail' }, tool_result: { context: 'mail' } });
  const { pi, context, on } = await start(place);
  context.isIdle.mockReturnValue(false);
  await vi.waitFor(() => expect(place.watched()).toEqual(['s1']), 10_000);
  place.notice({ kind: 'message', forYou: true });
  const result = { toolName: 'read', input: {}, content: [] };
  await vi.waitFor(async () => expect(await on('tool_result', result)).toBeDefined(), 10_000);
  expect(await on('tool_result', result)).toBeUndefined();
  expect(pi.sendMessage).not.toHaveBeenCalled();
});

test('without the program everything goes through, and one line says so once', async () => {
  const { context, on } = await start(new PluginPlace(), '/nowhere/git-intercom');
  expect(await on('before_agent_start')).toBeUndefined();
  expect(await on('tool_call', { toolName: 'edit', input: { path: 'a.ts' } })).toBeUndefined();
  expect(context.ui.notify).toHaveBeenCalledTimes(1);
});
