/** src/plugins/opencode.ts as it is built, with a client as OpenCode hands it in. */
import { spawnSync } from 'node:child_process';
import { expect, onTestFinished, test, vi } from 'vitest';
import { PluginPlace } from './place.ts';

const main = 'ses_main';
const child = 'ses_child';
const second = 'ses_second';

async function start(place: PluginPlace, launcher?: string) {
  const { Intercom } = await place.load('opencode/intercom.js', launcher);
  const client = {
    session: {
      get: vi.fn(async ({ path: { id } }) => ({
        data: { id, directory: place.repository, ...(id === child && { parentID: main }) },
      })),
      promptAsync: vi.fn(async () => ({})),
    },
    app: { log: vi.fn(async () => ({})) },
    tui: { showToast: vi.fn(async () => ({})) },
  };
  const hooks = await Intercom({ client, directory: place.repository });
  const prompt = async (sessionID = main) => {
    const output = { message: { id: 'msg_1' }, parts: [] as { text: string }[] };
    await hooks['chat.message']({ sessionID }, output);
    return output.parts.map(({ text }) => text);
  };
  const before = async (tool: string, args: object, sessionID = main) => {
    const output: { args: object } = { args };
    await hooks['tool.execute.before']({ tool, sessionID, callID: 'c1' }, output);
    return output.args;
  };
  const after = async (tool: string, args: object = {}, sessionID = main) => {
    const output = { title: '', output: 'done' };
    await hooks['tool.execute.after']({ tool, sessionID, callID: 'c1', args }, output);
    return output.output;
  };
  const idle = (sessionID = main) => hooks.event({ event: { type: 'session.idle', properties: { sessionID } } });
  const deleted = (id = main) => hooks.event({ event: { type: 'session.deleted', properties: { info: { id } } } });
  // The watch ends with the last session.
  onTestFinished(async () => {
    for (const id of [main, second]) await deleted(id);
  });
  return { hooks, client, prompt, before, after, idle, deleted };
}

test('an edit of what another holds is refused with the reason', async () => {
  const place = new PluginPlace({ 'tool.execute.before': { refuse: true, reason: 'bold-fox has it' } });
  const { before } = await start(place);
  await expect(before('edit', { filePath: 'a.ts' })).rejects.toThrow('bold-fox has it');
  await expect(before('bash', { command: 'rm a.ts' })).rejects.toThrow('bold-fox has it');
  expect(place.asked()).toMatchObject([
    { event: 'tool.execute.before', session_id: main, cwd: place.repository, tool: 'edit', args: { filePath: 'a.ts' } },
    { event: 'tool.execute.before', tool: 'bash', args: { command: 'rm a.ts' } },
  ]);
});

test('nothing is asked about reading', async () => {
  const place = new PluginPlace({ 'tool.execute.before': { refuse: true, reason: 'bold-fox has it' } });
  const { before, after } = await start(place);
  await before('read', { filePath: 'a.ts' });
  expect(await after('read')).toBe('done');
  expect(place.asked()).toEqual([]);
});

test('a subagent edits for the session that started it', async () => {
  const place = new PluginPlace();
  const { before } = await start(place);
  await before('write', { filePath: 'a.ts' }, child);
  expect(place.asked()).toMatchObject([{ session_id: main }]);
});

test('a call of our server says whose it is, a subagent its parent', async () => {
  const { before } = await start(new PluginPlace());
  expect(await before('intercom_claim', { paths: ['a.ts'] })).toEqual({ paths: ['a.ts'], _session: main });
  expect(await before('intercom_who', {}, child)).toEqual({ _session: main });
  expect(await before('other_claim', {})).toEqual({});
});

test('a command of the agent finds its session in the environment', async () => {
  const { hooks } = await start(new PluginPlace());
  const output = { env: {} };
  await hooks['shell.env']({ sessionID: child, cwd: '/' }, output);
  expect(output.env).toEqual({ OPENCODE_SESSION_ID: main });
});

test('the first prompt brings who is here, later ones the mail', async () => {
  const place = new PluginPlace({
    'session.created': { context: 'you are here' },
    'chat.message': { context: 'mail' },
  });
  const { prompt } = await start(place);
  expect([await prompt(), await prompt(), await prompt(child)]).toEqual([['you are here'], ['mail'], []]);
});

test('what a command has changed is told with its output', async () => {
  const place = new PluginPlace({ 'tool.execute.after': { context: 'a.ts changed' } });
  const { before, after } = await start(place);
  await before('bash', { command: 'make' });
  expect(await after('bash', { command: 'make' })).toBe('done\n\na.ts changed');
  expect(place.asked()[1]).toMatchObject({ event: 'tool.execute.after', lasted_ms: expect.any(Number) });
});

test('mail for a busy agent comes with the next tool, whichever it is', async () => {
  const place = new PluginPlace({ 'tool.execute.after': { context: 'mail' } });
  const { prompt, after } = await start(place);
  await prompt();
  await vi.waitFor(() => expect(place.watched()).toEqual([main]), 10_000);
  expect(await after('read')).toBe('done');
  place.notice({ kind: 'message', forYou: true });
  await vi.waitFor(async () => expect(await after('read')).toBe('done\n\nmail'), 10_000);
  expect(await after('read')).toBe('done');
});

test('mail wakes an idle agent, once until its turn begins', async () => {
  onTestFinished(() => void vi.restoreAllMocks());
  const place = new PluginPlace({ 'session.idle': { goOn: 'mail from bold-fox' } });
  const { client, prompt, idle } = await start(place);
  await prompt();
  await vi.waitFor(() => expect(place.watched()).toEqual([main]), 10_000);
  await idle();
  place.notice({ kind: 'claimed', forYou: true });
  place.notice({ kind: 'message', forYou: false });
  place.notice({ kind: 'message', forYou: true });
  await vi.waitFor(() => expect(client.session.promptAsync).toHaveBeenCalled(), 10_000);
  const body = { parts: [{ type: 'text', text: 'mail from bold-fox' }] };
  expect(client.session.promptAsync).toHaveBeenCalledWith({ path: { id: main }, body });
  const parse = vi.spyOn(JSON, 'parse');
  place.notice({ kind: 'message', forYou: true, id: 'second' });
  await vi.waitFor(() => expect(parse).toHaveBeenCalledWith(expect.stringContaining('second')), 10_000);
  expect(await prompt()).toEqual([]);
  await idle();
  await vi.waitFor(() => expect(client.session.promptAsync).toHaveBeenCalledTimes(2), 10_000);
  expect(place.asked().map(({ event }) => event)).toEqual(['session.created', 'session.idle', 'session.idle']);
});

test('mail that comes while the agent works wakes it when it is done', async () => {
  onTestFinished(() => void vi.restoreAllMocks());
  const place = new PluginPlace({ 'session.idle': { goOn: 'mail from bold-fox' } });
  const { client, prompt, idle } = await start(place);
  const parse = vi.spyOn(JSON, 'parse');
  place.notice({ kind: 'message', forYou: true });
  await prompt();
  await vi.waitFor(() => expect(parse).toHaveBeenCalledWith(expect.stringContaining('forYou')), 10_000);
  expect(client.session.promptAsync).not.toHaveBeenCalled();
  await idle();
  await vi.waitFor(() => expect(client.session.promptAsync).toHaveBeenCalledTimes(1), 10_000);
});

test('where the guard has nothing to say at the end, nobody is woken', async () => {
  const place = new PluginPlace();
  const { client, prompt, idle } = await start(place);
  await prompt();
  await vi.waitFor(() => expect(place.watched()).toEqual([main]), 10_000);
  place.notice({ kind: 'message', forYou: true });
  await vi.waitFor(async () => {
    await idle();
    expect(place.asked().map(({ event }) => event)).toContain('session.idle');
  }, 10_000);
  expect(client.session.promptAsync).not.toHaveBeenCalled();
});

test('without the program everything goes through, and one line says so once', async () => {
  const place = new PluginPlace();
  const { client, prompt, before, after } = await start(place, '/nowhere/git-intercom');
  expect(await prompt()).toEqual([]);
  expect(await before('edit', { filePath: 'a.ts' })).toEqual({ filePath: 'a.ts' });
  expect(await after('bash')).toBe('done');
  expect(client.tui.showToast).toHaveBeenCalledTimes(1);
});

test('an answer that cannot be read lets through, and one line says so', async () => {
  const place = new PluginPlace({ 'tool.execute.before': 'oh no' });
  const { client, before } = await start(place);
  expect(await before('edit', { filePath: 'a.ts' })).toEqual({ filePath: 'a.ts' });
  expect(client.tui.showToast).toHaveBeenCalledTimes(1);
});

test('a guard that failed is told to the person once', async () => {
  const place = new PluginPlace({ 'tool.execute.before': { refuse: false, failure: 'the guard failed' } });
  const { client, before } = await start(place);
  await before('edit', { filePath: 'a.ts' });
  await before('edit', { filePath: 'b.ts' });
  const body = { message: 'the guard failed', variant: 'warning' };
  expect(client.tui.showToast.mock.calls).toEqual([[{ body }]]);
});

test('a session that is deleted has ended, and is no longer watched for', async () => {
  const place = new PluginPlace();
  const { prompt, deleted } = await start(place);
  await prompt();
  await vi.waitFor(() => expect(place.watched()).toEqual([main]), 10_000);
  await deleted();
  expect(place.asked().map(({ event }) => event)).toEqual(['session.created', 'session.deleted']);
  await vi.waitFor(() => expect(place.watched()).toEqual([main, 'over']), 10_000);
});

/** As `opencode serve` has it, where many sessions are in use at a time. */
function serve() {
  process.argv.push('serve');
  onTestFinished(() => void process.argv.pop());
}

test('of many sessions that are served each hears of its mail by one watch, an idle one by being woken', async () => {
  serve();
  const place = new PluginPlace({
    'session.idle': { goOn: 'mail from bold-fox' },
    'tool.execute.after': { context: 'mail' },
  });
  const { client, prompt, after, idle } = await start(place);
  await prompt();
  await prompt(second);
  await idle();
  await vi.waitFor(() => expect(place.watched()).toEqual([main]), 10_000);
  place.notice({ kind: 'message', forYou: false });
  await vi.waitFor(async () => expect(await after('read', {}, second)).toBe('done\n\nmail'), 10_000);
  expect(await after('read')).toBe('done');
  await idle(second);
  place.notice({ kind: 'message', forYou: false });
  await vi.waitFor(() => expect(client.session.promptAsync).toHaveBeenCalled(), 10_000);
  expect(client.session.promptAsync.mock.calls).toMatchObject([[{ path: { id: second } }]]);
  expect(place.watched()).toEqual([main]);
});

test('where a person sees one session, those that were left are not woken', async () => {
  const place = new PluginPlace({ 'session.idle': { goOn: 'mail from bold-fox' } });
  const { client, prompt, idle } = await start(place);
  await prompt();
  await idle();
  await vi.waitFor(() => expect(place.watched()).toEqual([main]), 10_000);
  await prompt(second);
  await idle(second);
  await vi.waitFor(() => expect(place.watched()).toEqual(expect.arrayContaining([second, 'over'])), 10_000);
  place.notice({ kind: 'message', forYou: true });
  await vi.waitFor(() => expect(client.session.promptAsync).toHaveBeenCalled(), 10_000);
  expect(client.session.promptAsync.mock.calls).toMatchObject([[{ path: { id: second } }]]);
});

test('when the session that is watched for is deleted, another one is', async () => {
  serve();
  const place = new PluginPlace();
  const { prompt, deleted } = await start(place);
  await prompt();
  await prompt(second);
  await vi.waitFor(() => expect(place.watched()).toEqual([main]), 10_000);
  await deleted();
  await vi.waitFor(() => expect([...place.watched()].sort()).toEqual([main, second, 'over'].sort()), 10_000);
  expect(place.asked().filter(({ event }) => event === 'session.deleted')).toMatchObject([{ session_id: main }]);
});

test('when the process is gone, all of its sessions are over', async () => {
  const place = new PluginPlace();
  const client = `{ session: { get: async () => ({}) }, app: { log: async () => {} }, tui: { showToast: async () => {} } }`;
  const say = (id: string) =>
    `await hooks['chat.message']({ sessionID: '${id}' }, { message: { id: 'm' }, parts: [] });`;
  await place.load('opencode/intercom.js');
  const script = `const { Intercom } = await import('${place.module}');
    const hooks = await Intercom({ client: ${client}, directory: ${JSON.stringify(place.repository)} });
    ${say(main)} ${say(second)} process.kill(process.pid, 'SIGKILL');`;
  spawnSync(process.execPath, ['--input-type=module', '--eval', script]);
  const over = () =>
    place.asked().flatMap(({ event, session_id }) => (event === 'session.deleted' ? [session_id] : []));
  await vi.waitFor(() => expect(over()).toEqual([main, second]), 10_000);
});
